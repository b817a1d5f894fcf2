import { randomBytes } from 'node:crypto';
import OAuth2Server from '@node-oauth/oauth2-server';

/** An app as Motive's developer portal knows it; its fields may be changed at any time. */
export interface OAuthApp {
	clientId: string;
	clientSecret: string;
	/** The addresses that a sign-in may lead back to. */
	redirectUris: string[];
	/** The scopes that the app holds; a sign-in that asks for any other one fails as a whole. */
	scopes: string[];
	/** Seconds that an access token lives. */
	accessTokenSeconds: number;
}

/** One pair of tokens that was given out. */
export interface IssuedTokens {
	/** What they were given for: a sign-in, or a refresh token. */
	grant: 'authorization_code' | 'refresh_token';
	/** Number of the sign-in that they descend from, from 1 on. */
	signIn: number;
	accessToken: string;
	refreshToken: string;
	scope: string[];
	expiresAt: Date;
	/** Whether the refresh token was used. */
	used: boolean;
	/** Whether neither token is taken any more, however young it is. */
	revoked: boolean;
}

type Model = OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel;

function randomToken(prefix: string): string {
	return `${prefix}-${randomBytes(12).toString('hex')}`;
}

/** What Motive says when an app asks for a scope that it does not hold. */
const INVALID_SCOPE = 'The requested scope is invalid, unknown, or malformed.';

/**
 * The memory of the OAuth server, and its rules: a refresh token works once, and whoever uses it again
 * makes all tokens of that sign-in worthless.
 */
export class OAuthModel implements Model {
	/** Everything that was given out, in order. */
	readonly issued: IssuedTokens[] = [];
	/** Refresh tokens that somebody tried to use a second time, in order. */
	readonly reused: string[] = [];
	private readonly codes = new Map<string, OAuth2Server.AuthorizationCode>();
	private signIns = 0;

	constructor(private readonly app: OAuthApp) {}

	/** The user of a new sign-in; there is only one person here, so the sign-in itself is what matters. */
	newUser(): OAuth2Server.User {
		this.signIns += 1;
		return { signIn: this.signIns };
	}

	/** The tokens of a sign-in that nobody had to walk through. */
	signIn(scope: string[]): IssuedTokens {
		const lifetime = this.app.accessTokenSeconds * 1000;
		const tokens: IssuedTokens = {
			grant: 'authorization_code',
			signIn: Number(this.newUser()['signIn']),
			accessToken: randomToken('at'),
			refreshToken: randomToken('rt'),
			scope: [...scope],
			expiresAt: new Date(Date.now() + lifetime),
			used: false,
			revoked: false,
		};
		this.issued.push(tokens);
		return tokens;
	}

	/** Makes every token worthless, as when the company disconnects the app. */
	revokeAll(): void {
		for (const tokens of this.issued) tokens.revoked = true;
	}

	/** Ends the life of every access token. */
	expireAll(): void {
		for (const tokens of this.issued) tokens.expiresAt = new Date(0);
	}

	/** Forgets everything; sign-ins are counted anew. */
	clear(): void {
		this.issued.length = 0;
		this.reused.length = 0;
		this.codes.clear();
		this.signIns = 0;
	}

	getClient(
		clientId: string,
		clientSecret: string | null,
	): Promise<OAuth2Server.Client | undefined> {
		const isKnown =
			clientId === this.app.clientId && [null, this.app.clientSecret].includes(clientSecret);
		return Promise.resolve(isKnown ? this.client() : undefined);
	}

	validateScope(
		_user: OAuth2Server.User,
		_client: OAuth2Server.Client,
		scope: string[] = [],
	): Promise<string[]> {
		if (scope.every((each) => this.app.scopes.includes(each))) return Promise.resolve(scope);
		return Promise.reject(new OAuth2Server.InvalidScopeError(INVALID_SCOPE));
	}

	saveAuthorizationCode(
		code: Omit<OAuth2Server.AuthorizationCode, 'client' | 'user'>,
		client: OAuth2Server.Client,
		user: OAuth2Server.User,
	): Promise<OAuth2Server.AuthorizationCode> {
		const saved = { ...code, client, user } as OAuth2Server.AuthorizationCode;
		this.codes.set(saved.authorizationCode, saved);
		return Promise.resolve(saved);
	}

	getAuthorizationCode(code: string): Promise<OAuth2Server.AuthorizationCode | undefined> {
		return Promise.resolve(this.codes.get(code));
	}

	revokeAuthorizationCode({ authorizationCode }: OAuth2Server.AuthorizationCode): Promise<boolean> {
		return Promise.resolve(this.codes.delete(authorizationCode));
	}

	generateAccessToken(): Promise<string> {
		return Promise.resolve(randomToken('at'));
	}

	generateRefreshToken(): Promise<string> {
		return Promise.resolve(randomToken('rt'));
	}

	saveToken(
		token: OAuth2Server.Token,
		client: OAuth2Server.Client,
		user: OAuth2Server.User,
	): Promise<OAuth2Server.Token> {
		const signIn = Number(user['signIn']);
		this.issued.push({
			grant: this.issued.some((each) => each.signIn === signIn)
				? 'refresh_token'
				: 'authorization_code',
			signIn,
			accessToken: token.accessToken,
			refreshToken: token.refreshToken ?? '',
			scope: token.scope ?? [],
			expiresAt: token.accessTokenExpiresAt ?? new Date(0),
			used: false,
			revoked: false,
		});
		return Promise.resolve({ ...token, client, user });
	}

	getAccessToken(accessToken: string): Promise<OAuth2Server.Token | undefined> {
		const tokens = this.issued.find((each) => each.accessToken === accessToken && !each.revoked);
		return Promise.resolve(tokens && this.token(tokens));
	}

	verifyScope({ scope = [] }: OAuth2Server.Token, wanted: string[]): Promise<boolean> {
		return Promise.resolve(wanted.every((each) => scope.includes(each)));
	}

	getRefreshToken(refreshToken: string): Promise<OAuth2Server.RefreshToken | undefined> {
		const tokens = this.issued.find((each) => each.refreshToken === refreshToken);
		if (tokens?.used) this.punish(tokens);
		return Promise.resolve(
			tokens && !tokens.revoked ? { ...this.token(tokens), refreshToken } : undefined,
		);
	}

	/** Marks a refresh token as used; answers false if another request was faster. */
	revokeToken({ refreshToken }: OAuth2Server.RefreshToken): Promise<boolean> {
		const tokens = this.issued.find((each) => each.refreshToken === refreshToken);
		const isFirst = tokens?.used === false;
		if (tokens?.used) this.punish(tokens);
		if (tokens) tokens.used = true;
		return Promise.resolve(isFirst);
	}

	/** A refresh token was used twice, so one of the two users has stolen it. */
	private punish({ refreshToken, signIn }: IssuedTokens): void {
		this.reused.push(refreshToken);
		for (const tokens of this.issued) if (tokens.signIn === signIn) tokens.revoked = true;
	}

	private client(): OAuth2Server.Client {
		const { clientId, redirectUris, accessTokenSeconds } = this.app;
		const grants = ['authorization_code', 'refresh_token'];
		return { id: clientId, redirectUris, grants, accessTokenLifetime: accessTokenSeconds };
	}

	private token({ accessToken, expiresAt, scope, signIn }: IssuedTokens): OAuth2Server.Token {
		return {
			accessToken,
			accessTokenExpiresAt: expiresAt,
			scope,
			client: this.client(),
			user: { signIn },
		};
	}
}
