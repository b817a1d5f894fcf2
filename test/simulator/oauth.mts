import OAuth2Server from '@node-oauth/oauth2-server';
import { error, json, text, type Answer } from './answers.mts';
import { Host, type Call, type World } from './host.mts';
import { OAuthModel, type IssuedTokens, type OAuthApp } from './oauthModel.mts';
import { scopeOf, type ApiRoute } from './routes.mts';
import { isRecord } from './values.mts';

/** The sign-in of a simulated Motive, with one app. */
export interface OAuth {
	/** Where the browser is sent to sign in; it agrees at once. */
	readonly authorizeUrl: string;
	/** Where tokens are given out. */
	readonly tokenUrl: string;
	/** The app; what is changed in it counts from the next request on. */
	readonly app: OAuthApp;
	/** All tokens that were given out, in order. */
	readonly issued: readonly IssuedTokens[];
	/** Refresh tokens that somebody tried to use a second time, in order. */
	readonly reused: readonly string[];
	/** Signs in without a browser, with all scopes of the app unless others are given. */
	signIn(scope?: string[]): IssuedTokens;
	/** Ends the life of every access token given out so far. */
	expireAccessTokens(): void;
	/** Makes every token given out so far worthless, as when the company disconnects the app. */
	disconnect(): void;
}

const SCOPES = [
	'companies.read',
	'vehicles.read',
	'assets.read',
	'users.read',
	'locations.vehicle_locations_list',
	'company_webhooks.manage',
	'driver_performance_events.read',
	'speeding_events.read',
];
const TWO_HOURS = 7200;

/** An OAuth server with rotating refresh tokens. Tokens grow old by the clock of the process. */
export class OAuthServer implements OAuth {
	readonly app: OAuthApp = {
		clientId: 'simulated-app',
		clientSecret: 'simulated-app-secret',
		redirectUris: [],
		scopes: [...SCOPES],
		accessTokenSeconds: TWO_HOURS,
	};
	private readonly model = new OAuthModel(this.app);
	private readonly server = new OAuth2Server({ model: this.model });
	private readonly host: Host;
	private url = '';

	constructor(world: World) {
		this.host = new Host(world, 'account');
		this.host.server.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string' },
			(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
		);
		this.host.route(
			'GET',
			'/oauth/authorize',
			'GET /oauth/authorize',
			async (call) => await this.authorize(call),
		);
		this.host.route(
			'POST',
			'/oauth/token',
			'POST /oauth/token',
			async (call) => await this.token(call),
		);
	}

	get authorizeUrl(): string {
		return `${this.url}/oauth/authorize`;
	}

	get tokenUrl(): string {
		return `${this.url}/oauth/token`;
	}

	get issued(): readonly IssuedTokens[] {
		return this.model.issued;
	}

	get reused(): readonly string[] {
		return this.model.reused;
	}

	signIn(scope: string[] = this.app.scopes): IssuedTokens {
		return this.model.signIn(scope);
	}

	expireAccessTokens(): void {
		this.model.expireAll();
	}

	disconnect(): void {
		this.model.revokeAll();
	}

	/** Forgets all tokens; the app stays as it is. */
	reset(): void {
		this.model.clear();
	}

	/** Starts to listen on any free port of this machine. */
	async start(): Promise<void> {
		this.url = await this.host.listen(0);
	}

	/** Stops listening. */
	async stop(): Promise<void> {
		await this.host.close();
	}

	/** What the API says to the bearer token of a request, or `undefined` if the token allows the request. */
	async refusal(call: Call, route: ApiRoute): Promise<Answer | undefined> {
		const scope = scopeOf[route];
		const options = {
			addAcceptedScopesHeader: false,
			addAuthorizedScopesHeader: false,
			...(scope !== undefined && { scope: [scope] }),
		};
		// A body may not carry a token too, so it is not shown.
		const request = requestOf({ ...call, body: {} });
		return await attempt(
			async () => await this.server.authenticate(request, new OAuth2Server.Response(), options),
			() => undefined,
			({ code, message }) => error(code === 403 ? 403 : 401, message),
		);
	}

	private async authorize(call: Call): Promise<Answer> {
		const response = new OAuth2Server.Response();
		const answer = (): Answer => ({ status: 302, headers: response.headers ?? {}, body: '' });
		const authenticateHandler = { handle: () => this.model.newUser() };
		return await attempt(
			async () => await this.server.authorize(requestOf(call), response, { authenticateHandler }),
			answer,
			// An address that is not the app's own gets no answer; the person in front of the browser does.
			({ code, message }) => (response.status === 302 ? answer() : text(code, message)),
		);
	}

	private async token(call: Call): Promise<Answer> {
		if (call.request.headers.authorization !== undefined) {
			return json(
				{ error: 'invalid_client', error_description: 'Client credentials belong into the body.' },
				401,
			);
		}
		const response = new OAuth2Server.Response();
		const answer = (): Answer => {
			const body: unknown = response.body;
			return {
				status: response.status ?? 500,
				headers: response.headers ?? {},
				body: isRecord(body) ? body : {},
			};
		};
		return await attempt(
			async () => await this.server.token(requestOf(call), response),
			answer,
			answer,
		);
	}
}

/** Runs `work`; errors of the protocol are answers too, all others are mistakes. */
async function attempt<T>(
	work: () => Promise<unknown>,
	onSuccess: () => T,
	onRefusal: (refusal: OAuth2Server.OAuthError) => T,
): Promise<T> {
	const [outcome] = await Promise.allSettled([work()]);
	if (outcome.status === 'fulfilled') return onSuccess();
	const reason: unknown = outcome.reason;
	if (reason instanceof OAuth2Server.OAuthError) return onRefusal(reason);
	throw reason;
}

function requestOf({ request: { headers, method }, query, body }: Call): OAuth2Server.Request {
	return new OAuth2Server.Request({ headers: texts(headers), method, query: texts(query), body });
}

/** The fields of an object that are texts. */
function texts(fields: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).filter(
			(field): field is [string, string] => typeof field[1] === 'string',
		),
	);
}
