import type { IncomingHttpHeaders } from 'node:http';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import { startEngine, type Engine, type NodeOptions } from '../engine/engine.mts';
import type { Run } from '../engine/run.mts';
import { inVirtualTime } from '../engine/virtualTime.mts';
import { defaultFleet, type Device } from '../simulator/fleet.mts';
import type { ReceivedRequest } from '../simulator/log.mts';
import type { Route } from '../simulator/routes.mts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator.mts';

/** Starts a capture. */
export const POST = 'POST /v1/image_captures';
/** Asks for a capture. */
export const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
/** Downloads a picture. */
export const IMAGE = 'GET image';
/** Finds a vehicle by its fleet number. */
export const LOOKUP = 'GET /v1/vehicles/lookup';

/** Vehicles of the default fleet that are not like the others, by their numbers. */
export const withoutCameras = 'T-126';
export const withoutDriverCamera = 'T-124';
export const outOfUse = 'T-127';

/** The ID of the first capture; those of the next ones follow. */
export const firstRequestId = 90_301;

/** Which captures came out, numbered in the order in which they were started. */
export function capturesIn({ items }: Pick<Run, 'items'>): number[] {
	return items.map(({ json }) => Number(json['request_id']) - firstRequestId + 1);
}

/** When a run begins, by the virtual clock. */
export const runStart = new Date('2026-07-01T12:00:00Z');

/** A Motive node in the real engine, in front of a simulated Motive; everything waits in virtual time. */
export interface MotiveWorld {
	readonly engine: Engine;
	readonly simulator: Simulator;
	/** Runs the operation of the resource Image Capture with the parameters of one node. */
	run(
		operation: string,
		parameters: NodeOptions['parameters'],
		rest?: Partial<NodeOptions>,
	): Promise<Run>;
	/** Anything else that waits in virtual time, such as a whole workflow; `patience` is for large ones (real ms). */
	inTime<T>(body: () => Promise<T>, patience?: number): Promise<T>;
}

/** Tests of image captures look at what Motive answered, except for simplify.test.mts. */
function usualParameters(parameters: INodeParameters): INodeParameters {
	return 'resource' in parameters ? {} : { resource: 'imageCapture', simplify: false };
}

/** Starts the world before the tests of a file, resets it between them, and stops it after them. */
export function useMotiveWorld(options: SimulatorOptions = {}): MotiveWorld {
	let engine: Engine;
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator({ latency: { kind: 'constant', ms: 7_000 }, ...options });
		engine = await startEngine({
			credentials: { motiveApi: { apiKey: simulator.apiKey, baseUrl: simulator.url } },
		});
	});
	afterEach(() => {
		simulator.reset();
		engine.renewCredentials();
	});
	afterAll(async () => await simulator.stop());
	const inTime: MotiveWorld['inTime'] = async (body, patience) =>
		await inVirtualTime(body, {
			start: runStart,
			held: () => simulator.held,
			...(patience && { patience }),
		});
	return {
		get engine() {
			return engine;
		},
		get simulator() {
			return simulator;
		},
		inTime,
		run: async (operation, parameters, rest = {}) =>
			await inTime(
				async () =>
					await engine.runNode({
						...rest,
						parameters: { ...usualParameters(parameters), operation, ...parameters },
					}),
			),
	};
}

/** A vehicle, as the picker gives it. */
export function vehicleById(id: number | string) {
	return { __rl: true, mode: 'id', value: String(id) };
}

/** A vehicle by its fleet number. */
export function vehicleByNumber(number: string) {
	return { __rl: true, mode: 'number', value: number };
}

/** The parameters that choose a vehicle or asset of the default fleet by its name. */
export function from(name: string): INodeParameters {
	const { kind, id } = deviceNamed(name);
	return { captureFrom: kind, [`${kind}Id`]: vehicleById(id) };
}

/** The parameter that takes the vehicle from each of the `vehicleItems`. */
export const fromItem: INodeParameters = { vehicleId: vehicleById('={{ $json.id }}') };

/** One input item for each of these vehicles. */
export function vehicleItems(...names: string[]): INodeExecutionData[] {
	return names.map((name) => ({ json: { id: deviceNamed(name).id, number: name } }));
}

/** Seconds from the start of the run to a moment, or to the arrival of each request. */
export function secondsAt(at: number): number {
	return (at - runStart.getTime()) / 1_000;
}

/** When the requests to a route came, in seconds from the start of the run. */
export function timesOf({ simulator }: MotiveWorld, route: Route): number[] {
	return simulator.received(route).map(({ at }: ReceivedRequest) => secondsAt(at));
}

/** The image in a field of an item, once it has been checked: a whole JPEG of the length that the item states. */
export async function pictureOf(run: Run, item = 0, field = 'data'): Promise<Buffer> {
	const bytes = await run.file(run.items[item]?.binary?.[field]);
	expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
	expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
	expect(run.items[item]?.binary?.[field]?.bytes).toBe(bytes.length);
	return bytes;
}

/** The names of the headers of a request that carry credentials. */
export function credentialsIn(request: { headers: IncomingHttpHeaders } | undefined): string[] {
	if (request === undefined) throw new Error('There was no request');
	return ['x-api-key', 'authorization', 'cookie'].filter((name) => name in request.headers);
}

/** A vehicle or asset of the default fleet. */
export function deviceNamed(name: string): Device {
	const device = defaultFleet.find((each) => each.name === name);
	if (device === undefined) throw new Error(`No ${name} in the default fleet`);
	return device;
}
