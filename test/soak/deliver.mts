import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../simulator/deliveries.mts';
import type { Simulator } from '../simulator/simulator.mts';
import type { SoakEvent } from './scenario.mts';
import { payloadOf } from './workflow.mts';

/** Motive tries again after a minute, an hour and six hours; the later pauses are shortened (ms). */
const PAUSES_MS = [60_000, 90_000, 120_000];

/** Sends an event to the webhook until it is answered with a success, as Motive does. */
export async function deliverEvent(
	{ webhooks }: Pick<Simulator, 'webhooks'>,
	event: SoakEvent,
): Promise<Delivery[]> {
	const [webhook] = webhooks.all;
	if (!webhook) throw new Error('Motive has no webhook');
	let latest = await webhooks.deliver(webhook, payloadOf(event));
	const tries = [latest];
	for (const pause of PAUSES_MS) {
		if (isSuccess(latest)) break;
		await sleep(pause);
		latest = await webhooks.redeliver(latest);
		tries.push(latest);
	}
	return tries;
}

/** Whether Motive takes the event for delivered. */
export function isSuccess({ status }: Pick<Delivery, 'status'>): boolean {
	return status !== undefined && status >= 200 && status < 300;
}
