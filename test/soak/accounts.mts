import type { Position } from '../simulator/fleet.mts';

/** An event, and whether n8n has answered its delivery with a success. */
export interface SentEvent {
	id: number;
	/** Number of the vehicle; no other event is about it. */
	vehicle: string;
	cameras: readonly Position[];
	isAnswered: boolean;
}

/** A capture that the simulated Motive has started. */
export interface StartedCapture {
	requestId: number;
	vehicle: string;
	position: Position;
}

/** What n8n says of an execution. */
export interface SeenExecution {
	id: string;
	/** The event that it is about, if anybody knows. */
	event?: number;
	status: string;
	/** Request IDs of the pictures that came out of it, and are JPEG files. */
	delivered: readonly number[];
	/** Who ended it with an error: the node or n8n. */
	failedBy?: 'node' | 'n8n';
	/** Message and description of the error. */
	words: string;
}

/** Everything that is known after a soak. */
export interface Evidence {
	events: readonly SentEvent[];
	captures: readonly StartedCapture[];
	executions: readonly SeenExecution[];
	/** Which execution a request ID belongs to, by the logs of the workers. */
	logged: ReadonlyMap<number, string>;
	/** The executions whose process has ended meanwhile: killed by the soak, or by itself. */
	cutOff: ReadonlyMap<string, 'kill' | 'itself'>;
}

/**
 * What became of an event.
 *
 * `unanswered`: n8n has never said that it took it, so that Motive goes on trying; `n8n`: it was taken, and n8n lost or
 * ended its execution; `lost`: nothing tells what became of it, or of one of its captures.
 */
export type EventFate = 'delivered' | 'failed' | 'crashed' | 'n8n' | 'unanswered' | 'lost';

/**
 * What became of a capture: its picture was delivered, its ID stands in an error message, or in the log.
 *
 * `unheard`: its execution ended with its process before Motive's answer to the start was there; `lost`: all others.
 */
export type CaptureFate = 'delivered' | 'named' | 'logged' | 'unheard' | 'lost';

/** The accounts of a soak. */
export interface Accounts {
	/** By the id of the event. */
	events: ReadonlyMap<number, EventFate>;
	/** By request ID. */
	captures: ReadonlyMap<number, CaptureFate>;
	/** Events that n8n has run more than once, because its answer came too late for Motive. */
	ranTwice: readonly number[];
	/** Captures beyond one for each camera and execution, by request ID. */
	startedTwice: readonly number[];
	/** Executions of which nobody knows the event. */
	unknown: readonly string[];
	/** What n8n did with the events whose fate is `n8n`, and how often. */
	n8nLosses: ReadonlyMap<string, number>;
}

/** Accounts for every event and every capture. */
export function account({ events, captures, executions, logged, cutOff }: Evidence): Accounts {
	const executionsOf = groupBy(executions, ({ event }) => event);
	const capturesOf = groupBy(captures, ({ vehicle }) => vehicle);
	const accounts = {
		events: new Map<number, EventFate>(),
		captures: new Map<number, CaptureFate>(),
		ranTwice: [] as number[],
		startedTwice: [] as number[],
		unknown: executions.filter(({ event }) => event === undefined).map(({ id }) => id),
		n8nLosses: new Map<string, number>(),
	};

	for (const event of events) {
		const runs = executionsOf.get(event.id) ?? [];
		const started = capturesOf.get(event.vehicle) ?? [];
		const fates = started.map(({ requestId }) => fateOf(requestId, runs));
		started.forEach(({ requestId }, index) => {
			accounts.captures.set(requestId, fates[index] ?? 'lost');
		});
		const fate = fates.includes('lost') ? 'lost' : fateOfEvent(event, runs);
		accounts.events.set(event.id, fate);
		if (fate === 'n8n') count(accounts.n8nLosses, runs.map(describe).join('; ') || 'never run');
		if (runs.length > 1) accounts.ranTwice.push(event.id);
		for (const ofCamera of groupBy(started, ({ position }) => position).values()) {
			const tooMany = ofCamera.slice(runs.length).map(({ requestId }) => requestId);
			accounts.startedTwice.push(...tooMany);
		}
	}
	return accounts;

	function fateOf(requestId: number, runs: readonly SeenExecution[]): CaptureFate {
		if (runs.some(({ delivered }) => delivered.includes(requestId))) return 'delivered';
		if (runs.some(({ words }) => names(words, requestId))) return 'named';
		const run = runs.find(({ id }) => id === logged.get(requestId));
		// What the node reports by itself must say which pictures it has asked for.
		if (run && run.failedBy !== 'node' && run.status !== 'success') return 'logged';
		return !run && runs.some(({ id }) => cutOff.has(id)) ? 'unheard' : 'lost';
	}

	function fateOfEvent({ cameras, isAnswered }: SentEvent, runs: SeenExecution[]): EventFate {
		const isDelivered = ({ status, delivered }: SeenExecution) =>
			status === 'success' && delivered.length === cameras.length;
		if (runs.some(isDelivered)) return 'delivered';
		if (runs.some(({ failedBy }) => failedBy === 'node')) return 'failed';
		if (runs.some(({ id }) => cutOff.get(id) === 'kill')) return 'crashed';
		if (runs.some(({ status }) => status === 'success')) return 'lost';
		return isAnswered || runs.length > 0 ? 'n8n' : 'unanswered';
	}

	function describe({ id, status, words }: SeenExecution): string {
		const how = cutOff.has(id) ? ', its process ended by itself' : '';
		return `${status}${how}${words === '' ? '' : `: ${words}`}`;
	}
}

/** Whether a text has this number in it, and not as a part of another one. */
function names(text: string, requestId: number): boolean {
	return new RegExp(`\\b${requestId}\\b`).test(text);
}

function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		groups.set(key, [...(groups.get(key) ?? []), value]);
	}
	return groups;
}

function count(counts: Map<string, number>, what: string): void {
	counts.set(what, (counts.get(what) ?? 0) + 1);
}
