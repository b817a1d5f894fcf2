import FakeTimers from '@sinonjs/fake-timers';
import axios, { type AxiosResponse } from 'axios';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../simulator/simulator.mts';
import { isRecord } from '../../simulator/values.mts';

/** A clock that moves only when told to; sleepers wake when it has moved far enough. */
export class HandClock {
	private readonly timers = FakeTimers.createClock(Date.parse('2026-07-02T18:00:00Z'));

	readonly now = (): number => this.timers.now;
	readonly sleep = async (ms: number): Promise<void> =>
		await new Promise((resolve) => {
			this.timers.setTimeout(() => resolve(), ms);
		});

	/** Moves on by `ms` milliseconds. */
	forward(ms: number): void {
		this.timers.tick(ms);
	}
}

/** An answer as it arrived; its body has not been checked. */
type Received = AxiosResponse<unknown>;

const withImages = (
	data: unknown,
): data is { images: Record<string, { url: string; expires_at: string }> } =>
	isRecord(data) && isRecord(data['images']);

/** The picture in the answer of a finished capture; throws if there is none. */
export function imageIn({ data }: Received): { url: string; expires_at: string } {
	const [image] = withImages(data) ? Object.values(data.images) : [];
	if (!image) throw new Error(`no picture in ${JSON.stringify(data)}`);
	return image;
}

/** Calls a simulator as a client does: every status is an answer, redirects are not followed. */
export class Client {
	private readonly axios = axios.create({
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});

	constructor(readonly simulator: Simulator) {}

	/** Sends a request to the API with the right key. */
	async call(
		method: string,
		path: string,
		data?: unknown,
		signal?: AbortSignal,
	): Promise<Received> {
		const { url, apiKey } = this.simulator;
		const headers = { 'x-api-key': apiKey };
		return await this.axios.request<unknown>({
			method,
			url: `${url}${path}`,
			headers,
			data,
			...(signal && { signal }),
		});
	}

	/** Asks for a picture of the named vehicle or asset. */
	async start(name: string, position: string): Promise<Received> {
		const { kind, id } = this.simulator.device(name);
		return await this.call('POST', '/v1/image_captures', { [`${kind}_id`]: id, position });
	}

	/** Asks for the state of the first capture, of a dashcam. */
	async poll(): Promise<Received> {
		return await this.call('GET', '/v1/image_captures/dashcam/90301');
	}

	/** Fetches any address without credentials, as bytes. */
	async download(url: string, headers = {}, signal?: AbortSignal): Promise<AxiosResponse<Buffer>> {
		return await this.axios.get<Buffer>(url, {
			headers,
			responseType: 'arraybuffer',
			...(signal && { signal }),
		});
	}

	/** Fetches any address as bytes that are left in the encoding in which they were sent. */
	async raw(url: string): Promise<AxiosResponse<Buffer>> {
		return await this.axios.get<Buffer>(url, { responseType: 'arraybuffer', decompress: false });
	}

	/** Captures the front camera of T-118 at once and returns the address of the picture. */
	async finishedUrl(): Promise<string> {
		this.simulator.setLatency({ kind: 'constant', ms: 0 });
		await this.start('T-118', 'front_facing');
		return imageIn(await this.poll()).url;
	}
}

/** One simulator for the tests of a file or a part of it, emptied after each of them. */
export function useSimulator(options: SimulatorOptions = {}): {
	clock: HandClock;
	client: () => Client;
	simulator: () => Simulator;
} {
	const clock = new HandClock();
	let client: Client | undefined;
	const running = (): Client => {
		if (!client) throw new Error('the simulator runs only within tests');
		return client;
	};
	beforeAll(async () => {
		client = new Client(await startSimulator({ clock, ...options }));
	});
	afterEach(() => {
		running().simulator.reset();
	});
	afterAll(async () => {
		await running().simulator.stop();
	});
	return { clock, client: running, simulator: () => running().simulator };
}
