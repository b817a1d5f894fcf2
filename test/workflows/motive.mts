import { afterAll, afterEach, beforeAll } from 'vitest';
import { startEngine, type Engine, type NodeOptions } from '../engine/engine.mts';
import type { Run } from '../engine/run.mts';
import { inVirtualTime } from '../engine/virtualTime.mts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator.mts';

/** A Motive node in the real engine, in front of a simulated Motive; everything waits in virtual time. */
export interface MotiveWorld {
	readonly engine: Engine;
	readonly simulator: Simulator;
	/** Runs the operation of the resource Image Capture with the parameters of one node. */
	run(operation: string, parameters: NodeOptions['parameters'], rest?: Partial<NodeOptions>): Promise<Run>;
}

/** Starts the world before the tests of a file, makes it new between them, and stops it after them. */
export function useMotiveWorld(options: SimulatorOptions = {}): MotiveWorld {
	let engine: Engine;
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator({ latency: { kind: 'constant', ms: 7_000 }, ...options });
		engine = await startEngine({ credentials: { motiveApi: { apiKey: simulator.apiKey, baseUrl: simulator.url } } });
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());
	return {
		get engine() {
			return engine;
		},
		get simulator() {
			return simulator;
		},
		run: async (operation, parameters, rest = {}) =>
			await inVirtualTime(
				async () =>
					await engine.runNode({ ...rest, parameters: { resource: 'imageCapture', operation, ...parameters } }),
				{ held: () => simulator.held },
			),
	};
}

/** A vehicle of the default fleet, as the picker gives it. */
export function vehicleById(id: number) {
	return { __rl: true, mode: 'id', value: String(id) };
}
