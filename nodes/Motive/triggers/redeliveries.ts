import { createHash } from 'node:crypto';

import { parseEvent, parseOccurredAt } from '../motive/event';
import { parseEventMedia } from '../motive/eventMedia';
import type { JsonObject } from '../motive/json';

/** Events that are remembered, of all triggers of this n8n process together. */
const LARGEST_MEMORY = 10_000;

/** Motive's last try comes about seven hours after the first (ms). */
const LIFETIME_MS = 8 * 60 * 60 * 1_000;

/** The answer to a delivery, as far as it says what became of it; n8n's response object is one. */
export interface DeliveryAnswer {
	/** Whether n8n has decided. */
	readonly headersSent: boolean;
	readonly statusCode: number;
	/** Whether the connection is gone. */
	readonly destroyed: boolean;
	once: (event: 'close', listener: () => void) => unknown;
}

/** What a delivery has come to; all of its events share it. */
interface Outcome {
	answer: Omit<DeliveryAnswer, 'once'>;
}

/**
 * What tells an event from all others, or undefined where nothing surely does: then it may come twice, which is better
 * than to take two events for one. What is created is created once, and is news again when it comes with images or
 * videos that it did not have before. Anything else (a vehicle that changed, a driver who is on duty again) has the same
 * id every time, so it must be the same in all it says, the moment included.
 */
export function identityOf(payload: JsonObject): string | undefined {
	const { action, id } = parseEvent(payload);
	if (action?.endsWith('_created') && id !== null) {
		// By their names: the links themselves are signed anew each time.
		const media = parseEventMedia(payload).media.map(({ type, name }) => `${type} ${name}`);
		return [action, id, ...media.sort()].join(' ');
	}
	if (parseOccurredAt(payload) === null) return undefined;
	return createHash('sha256').update(JSON.stringify(payload)).digest('base64');
}

/**
 * Remembers which events have started a workflow. Motive sends an event again when the answer was late or not a success.
 *
 * It lives in the memory of the process and not in n8n's static data: n8n keeps what a webhook writes there only if the
 * webhook answers Motive by itself, before the run exists, and an event whose run could then not be started would be
 * lost. So an event counts as delivered by what became of n8n's own answer, which is a success once the run exists. After
 * a restart, or on another process in queue mode, a redelivery may come through: twice is better than never.
 */
export class RedeliveryMemory {
	private readonly known = new Map<string, { at: number; outcome: Outcome }>();
	private readonly outcomes = new WeakMap<DeliveryAnswer, Outcome>();

	constructor(private readonly largest = LARGEST_MEMORY) {}

	/** Events remembered at the moment. */
	get size(): number {
		return this.known.size;
	}

	/**
	 * Whether this event has come before; if not, it is remembered together with its answer.
	 *
	 * @param now milliseconds since the epoch
	 */
	isKnown(event: string, answer: DeliveryAnswer, now: number): boolean {
		const before = this.known.get(event);
		if (before && now - before.at < LIFETIME_MS && isDelivered(before.outcome)) return true;
		this.known.delete(event);
		this.known.set(event, { at: now, outcome: this.outcomeOf(answer) });
		this.forgetOldest();
		return false;
	}

	private outcomeOf(answer: DeliveryAnswer): Outcome {
		const known = this.outcomes.get(answer);
		if (known) return known;
		const outcome: Outcome = { answer };
		this.outcomes.set(answer, outcome);
		answer.once('close', () => {
			// The answer has told all it can, and holds on to the whole request.
			if (answer.headersSent)
				outcome.answer = { headersSent: true, statusCode: answer.statusCode, destroyed: true };
		});
		return outcome;
	}

	private forgetOldest(): void {
		for (const event of this.known.keys()) {
			if (this.known.size <= this.largest) return;
			this.known.delete(event);
		}
	}
}

/** While n8n has not decided and Motive still listens, Motive will learn the outcome, and try again if need be. */
function isDelivered({ answer: { headersSent, statusCode, destroyed } }: Outcome): boolean {
	return headersSent ? statusCode < 300 : !destroyed;
}
