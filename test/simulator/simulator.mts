import { error } from './answers.mts';
import { apiHandlers } from './api.mts';
import { Captures, type Capture } from './captures.mts';
import { systemClock, type Clock } from './clock.mts';
import { Faults } from './faults.mts';
import { EventMedia, usualEventMedia, type EventMediaSettings } from './eventMedia.mts';
import { Files, imagePath, videoPath } from './files.mts';
import { defaultFleet, type Device, type Position } from './fleet.mts';
import { Happenings } from './happenings.mts';
import { Host, type Handler, type Method, type World } from './host.mts';
import { sampleLatency, type Latency } from './latency.mts';
import { RequestLog, type ReceivedRequest } from './log.mts';
import { OAuthServer, type OAuth } from './oauth.mts';
import { addStatusPage } from './page.mts';
import { Painter, type PictureOptions } from './pictures.mts';
import { Recalls, type Recall, type RecallType } from './recalls.mts';
import { Rough } from './rough.mts';
import { apiRoutes, type ApiRoute, type Route } from './routes.mts';
import { usualStarts, type StartSettings } from './starts.mts';
import { FileStore } from './store.mts';
import { eventVideo, recalledVideo, type VideoOptions } from './videos.mts';
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
	/** Latency of video recalls; default: half are ready in 3 minutes, 95 % in 8. */
	recallLatency?: Latency;
	/** Where time comes from; default: the clock of the process. */
	clock?: Clock;
	/** Same seed, same latencies and chances. */
	seed?: string;
	/** Seed of a rough manner (rough.mts) that is always on; default: all is as documented. */
	rough?: string;
	/** Seconds that URLs of captured pictures and recalled videos live; default 3600. */
	urlSeconds?: number;
	/** What URLs of pictures and videos begin with, where a proxy leads them to the image host; default: its own address. */
	publicImageUrl?: string;
	/** How pictures are made. */
	pictures?: PictureOptions;
	/** How videos are made. */
	videos?: VideoOptions;
	/** Told of each request when its answer is decided. */
	onRequest?: (request: ReceivedRequest) => void;
}

/** A running simulated Motive. */
export interface Simulator {
	/** Base URL of the API. */
	readonly url: string;
	/** Base URL at which the image host listens. */
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
	/** Every video recall that was started, in order. */
	readonly recalls: readonly Recall[];
	/** Minutes of video that may be recalled in a month; the usual again after `reset`. */
	readonly recallQuota: Record<RecallType, number>;
	/** Which starts of captures are taken; as usual again after `reset`. */
	readonly starts: StartSettings;
	/** What happens on the road, and how its lists are. */
	readonly events: Happenings;
	/** When safety events have their videos, and for how long; as usual again after `reset`. */
	readonly eventMedia: EventMediaSettings;
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
	/** Sets the latency of captures and recalls started from now on, of one device or of all that have none of their own. */
	setLatency(latency: Latency, name?: string): void;
	/** Forgets log, captures, recalls, tokens, webhooks, faults and latencies set; the servers go on. */
	reset(): void;
	/** Closes every connection and server and removes pictures and videos. */
	stop(): Promise<void>;
}

const DEFAULT_LATENCY: Latency = { kind: 'lognormal', median: 6000, p95: 20_000 };
const DEFAULT_RECALL_LATENCY: Latency = { kind: 'lognormal', median: 180_000, p95: 480_000 };
const DEFAULT_KEY = 'motive-simulator-key';
const HOUR = 3600;

/** Lets only requests with the key or a good token through. */
function guarded(apiKey: string, oauth: OAuthServer, route: ApiRoute, handler: Handler): Handler {
	return async (call) => {
		const { 'x-api-key': key, authorization } = call.request.headers;
		if (authorization !== undefined)
			return (await oauth.refusal(call, route)) ?? (await handler(call));
		return key === apiKey ? await handler(call) : error(401, 'invalid API key');
	};
}

/** Starts a simulated Motive API and its image host, both on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const {
		clock = systemClock,
		fleet = defaultFleet,
		seed = 'motive',
		apiKey = DEFAULT_KEY,
	} = options;
	const world: World = {
		clock,
		fleet,
		faults: new Faults(seed, options.rough === undefined ? undefined : new Rough(options.rough)),
		log: new RequestLog(),
		captures: new Captures(),
		recalls: new Recalls(),
		files: new Map(),
		held: 0,
		onRequest: options.onRequest ?? (() => undefined),
	};
	const { captures, recalls, faults, files: offered, log } = world;
	const latencies = new Map<string | undefined, Latency>();

	const sample = ({ name }: Device, usual: Latency, ...what: Array<string | number>): number => {
		const setting = latencies.get(name) ?? latencies.get(undefined) ?? usual;
		return sampleLatency(setting, [seed, name, ...what].join('/'));
	};
	const latency = (device: Device, position: Position): number =>
		sample(device, options.latency ?? DEFAULT_LATENCY, position, captures.count(device, position));
	const recallLatency = (device: Device): number =>
		sample(
			device,
			options.recallLatency ?? DEFAULT_RECALL_LATENCY,
			'recall',
			recalls.count(device),
		);

	const imageHost = new Host(world, 'images');
	imageHost.route('GET', imagePath, 'GET image', async (call) => await files.serve(call));
	imageHost.route('GET', videoPath, 'GET video', async (call) => await files.serve(call));
	const imageUrl = await imageHost.listen(0);
	const store = await FileStore.start(options.publicImageUrl ?? imageUrl);
	const files = new Files(store, offered, clock);
	const painter = new Painter(options.pictures ?? {});
	const { urlSeconds = HOUR, videos = {} } = options;

	const eventMedia = { ...usualEventMedia };
	const starts = { ...usualStarts };
	const media = new EventMedia({
		settings: eventMedia,
		now: () => clock.now(),
		url: async (file, seconds) => await files.url(file, seconds),
		video: (incident, name, position) => eventVideo(incident, name, position, videos),
		still: (incident, position) => painter.still(incident, position),
	});
	const happenings = new Happenings(world, media);
	const oauth = new OAuthServer(world);
	await oauth.start();
	const apiHost = new Host(world, 'api');
	const webhooks = new Webhooks();
	const handlers = apiHandlers({
		world,
		latency,
		imageUrl: async (capture, position, name, seconds = urlSeconds) =>
			await files.url(painter.file(capture, position, name), seconds),
		starts,
		webhooks,
		recalls: {
			latency: recallLatency,
			videoUrl: async (recall, position, name, seconds = urlSeconds) =>
				(await files.url(recalledVideo(recall, position, name, videos), seconds)).url,
		},
		happenings,
		eventMedia: media,
	});
	for (const route of apiRoutes) {
		const [method, url] = route.split(' ', 2) as [Method, string];
		apiHost.route(method, url, route, guarded(apiKey, oauth, route, handlers[route]));
	}
	addStatusPage(apiHost.server, () => simulator);
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
		recalls: recalls.all,
		recallQuota: recalls.quota,
		events: happenings,
		eventMedia,
		starts,
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
			recalls.clear();
			offered.clear();
			Object.assign(eventMedia, usualEventMedia);
			happenings.clear();
			Object.assign(starts, usualStarts);
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
