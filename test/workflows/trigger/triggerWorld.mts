import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll } from 'vitest';
import { startEngine, type Engine, type NodeOptions } from '../../engine/engine.mts';
import type { Trigger, TriggerOptions } from '../../engine/trigger.mts';
import type { Device } from '../../simulator/fleet.mts';
import { startSimulator, type Simulator } from '../../simulator/simulator.mts';
import type { Webhook } from '../../simulator/webhooks.mts';

/** Parameters and settings that differ from those of a trigger on new safety and speeding events. */
export type TriggerChanges = Partial<NodeOptions> & Omit<TriggerOptions, 'load'>;

/** Motive Triggers in n8n's real contexts, in front of a simulated Motive. */
export interface TriggerWorld {
	readonly simulator: Simulator;
	/** T-118. */
	readonly truck: Device;
	/** The webhooks that Motive has, newest last. */
	readonly webhooks: readonly Webhook[];
	/** Method and status of each request to Motive about webhooks. */
	readonly traffic: string[];
	/** A trigger that is not active yet. */
	open(changes?: TriggerChanges): Promise<Trigger>;
	/** An active trigger, and its webhook at Motive. */
	activate(changes?: TriggerChanges): Promise<{ trigger: Trigger; webhook: Webhook }>;
}

/** Starts the world before the tests of a file, resets it between them, and stops it after them. */
export function useTriggerWorld(): TriggerWorld {
	let engine: Engine;
	let simulator: Simulator;
	const triggers: Trigger[] = [];

	beforeAll(async () => {
		simulator = await startSimulator();
		engine = await startEngine({
			nodeType: 'n8n-nodes-motive.motiveTrigger',
			credentials: { motiveApi: { apiKey: simulator.apiKey, baseUrl: simulator.url } },
		});
	});
	afterEach(async () => {
		await Promise.all(triggers.splice(0).map(async (trigger) => await trigger.stop()));
		simulator.reset();
	});
	afterAll(async () => await simulator.stop());

	const open = async ({ parameters, node, ...rest }: TriggerChanges = {}): Promise<Trigger> => {
		const events = ['driver_performance_event_created', 'speeding_event_created'];
		// Every trigger is another node, or what one remembers would reach the next test, in this file or another.
		const ours = { id: randomUUID(), ...node };
		const trigger = await engine.startTrigger({
			...rest,
			node: ours,
			parameters: { events, ...parameters },
		});
		triggers.push(trigger);
		return trigger;
	};
	return {
		get simulator() {
			return simulator;
		},
		get truck() {
			return simulator.device('T-118');
		},
		get webhooks() {
			return simulator.webhooks.all;
		},
		get traffic() {
			return simulator.requests.map(({ method, status }) => `${method} ${String(status)}`);
		},
		open,
		activate: async (changes) => {
			const trigger = await open(changes);
			await trigger.activate();
			const webhook = simulator.webhooks.all.at(-1);
			if (!webhook) throw new Error('the trigger has made no webhook');
			return { trigger, webhook };
		},
	};
}
