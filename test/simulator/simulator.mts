import { error } from './answers.mts';
import { apiHandlers, type ApiParts } from './api.mts';
import { Captures, type Capture } from './captures.mts';
import { systemClock, type Clock } from './clock.mts';
import { Faults } from './faults.mts';
import { defaultFleet, type Device, type Position } from './fleet.mts';
import { Host, type Handler, type Method, type World } from './host.mts';
import { imagePath, Images } from './images.mts';
import { sampleLatency, type Latency } from './latency.mts';
import { RequestLog, type ReceivedRequest } from './log.mts';
import { OAuthServer, type OAuth } from './oauth.mts';
import { statusPage } from './page.mts';
import { Painter, type PictureOptions } from './pictures.mts';
import { apiRoutes, type ApiRoute, type Route } from './routes.mts';
import { PictureStore } from './store.mts';
import { Webhooks } from './webhooks.mts';

/** Settings of a simulator; each has a default. */
export interface SimulatorOptions {
	/** Port of the API on 127.0.0.1; default 0: any free one. */
	port?: number;
	/** Value of `X-Api-Key`. Default `motive-simulator-key`. */
	apiKey?: string;
	/** Vehicles and assets; default `defaultFleet`. */
	fleet?: readonly Device[];
	/** Latency of every device; default: half of the captures are ready in 6 s, 95 % in 20 s. */
	latency?: Latency;
	/** Where time comes from; default: the clock of the process. */
	clock?: Clock;
	/** Same seed, same latencies and chances. */
	seed?: string;
	/** Seconds that image URLs live; default 3600. */
	urlSeconds?: number;
	/** How pictures are made. */
	pictures?: PictureOptions;
	/** Told of each request when its answer is decided. */
	onRequest?: (request: ReceivedRequest) => void;
}

/** A running simulated Motive. */
export interface Simulator {
	/** Base URL of the API. */
	readonly url: string;
	/** Base URL of the image host. */
	readonly imageUrl: string;
	readonly apiKey: string;
	/** The other way in: sign-in with OAuth2, and bearer tokens. */
	readonly oauth: OAuth;
	readonly clock: Clock;
	readonly fleet: readonly Device[];
	/** Faults; none at the start. */
	readonly faults: Faults;
	/** Everything that both hosts received, in order. */
	readonly requests: readonly ReceivedRequest[];
	/** Everything that was started, in order. */
	readonly captures: readonly Capture[];
	/** The company's webhooks, and the way to send them events. */
	readonly webhooks: Webhooks;
	/**
	 * Number of requests that are held until the clock moves on or their client leaves,
	 * and so do not wait for real input or output.
	 */
	readonly held: number;
	/** What was received on one route. */
	received(route: Route): ReceivedRequest[];
	/** The vehicle or asset with this name; throws if there is none. */
	device(name: string): Device;
	/** Sets the latency of captures started from now on, of one device or of all that have none of their own. */
	setLatency(latency: Latency, name?: string): void;
	/** Forgets log, captures, tokens, webhooks, faults and latencies set; the servers go on. */
	reset(): void;
	/** Closes every connection and server and removes the pictures. */
	stop(): Promise<void>;
}

const DEFAULT_LATENCY: Latency = { kind: 'lognormal', median: 6000, p95: 20_000 };
const DEFAULT_KEY = 'motive-simulator-key';
const HOUR = 3600;

/** Lets only requests with the key or a good token through. */
function guarded(apiKey: string, oauth: OAuthServer, route: ApiRoute, handler: Handler): Handler {
	return async (call) => {
		const { 'x-api-key': key, authorization } = call.request.headers;
		if (authorization !== undefined) return (await oauth.refusal(call, route)) ?? (await handler(call));
		return key === apiKey ? await handler(call) : error(401, 'invalid API key');
	};
}

/** Starts a simulated Motive API and its image host, both on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { clock = systemClock, fleet = defaultFleet, seed = 'motive', apiKey = DEFAULT_KEY } = options;
	const world: World = {
		clock,
		fleet,
		faults: new Faults(seed),
		log: new RequestLog(),
		captures: new Captures(),
		held: 0,
		onRequest: options.onRequest ?? (() => undefined),
	};
	const { captures, faults, log } = world;
	const latencies = new Map<string | undefined, Latency>();

	const latency = (device: Device, position: Position): number => {
		const setting = latencies.get(device.name) ?? latencies.get(undefined) ?? options.latency ?? DEFAULT_LATENCY;
		const nth = String(captures.count(device, position));
		return sampleLatency(setting, [seed, device.name, position, nth].join('/'));
	};

	const imageHost = new Host(world, 'images');
	imageHost.route('GET', imagePath, 'GET image', async (call) => await images.serve(call));
	const imageUrl = await imageHost.listen(0);
	const store = await PictureStore.start(imageUrl);
	const images = new Images(store, new Painter(options.pictures ?? {}), clock, options.urlSeconds ?? HOUR);

	const oauth = new OAuthServer(world);
	await oauth.start();
	const apiHost = new Host(world, 'api');
	const webhooks = new Webhooks();
	const imageUrlOf: ApiParts['imageUrl'] = async (capture, seconds) => await images.url(capture, seconds);
	const handlers = apiHandlers({ world, latency, imageUrl: imageUrlOf, webhooks });
	for (const route of apiRoutes) {
		const [method, url] = route.split(' ', 2) as [Method, string];
		apiHost.route(method, url, route, guarded(apiKey, oauth, route, handlers[route]));
	}
	apiHost.page('/', () => statusPage(simulator));
	const url = await apiHost.listen(options.port ?? 0);

	const simulator: Simulator = {
		clock,
		url,
		imageUrl,
		apiKey,
		oauth,
		fleet,
		faults,
		requests: log.all,
		captures: captures.all,
		webhooks,
		get held() {
			return world.held;
		},
		received: (route) => log.received(route),
		device: (name) => {
			const device = fleet.find((each) => each.name === name);
			if (!device) throw new Error(`no ${name} in the fleet`);
			return device;
		},
		setLatency: (setting, name) => {
			latencies.set(name, setting);
		},
		reset: () => {
			log.clear();
			captures.clear();
			faults.clear();
			oauth.reset();
			webhooks.clear();
			latencies.clear();
		},
		stop: async () => {
			await Promise.all([apiHost.close(), imageHost.close(), oauth.stop()]);
			await store.stop();
		},
	};
	return simulator;
}
