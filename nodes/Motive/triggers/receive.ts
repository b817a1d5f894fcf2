import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { parseEvents } from './delivery';
import { passes } from './filters';
import { parseEvent } from '../motive/event';
import { isManual, readActions, readEventFilters, readPastedSecret } from './parameters';
import { identityOf, RedeliveryMemory } from './redeliveries';
import { secretIn } from './registrationData';
import { isSigned, SIGNATURE_HEADER } from './signature';

const memory = new RedeliveryMemory();

/**
 * Takes what Motive sends: one item for each event that was chosen, passes the filters and has not come before.
 *
 * n8n answers as soon as the run exists, well within the 3 s that Motive waits. What is not signed is refused with 401
 * and not with 403, after which Motive would not try again: an event may come while the webhook is still being made.
 */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
	const events = parseEvents(body);
	const secret = isManual(context)
		? readPastedSecret(context)
		: secretIn(context.getWorkflowStaticData('node'));
	if (secret === undefined && events?.length === 0) {
		// Motive tries the webhook out before n8n can know its secret. The message starts nothing.
		context.logger.info('Motive has sent a test message');
		return {};
	}
	if (!isSigned(body, context.getHeaderData()[SIGNATURE_HEADER], secret ?? '')) {
		return refuse(
			context,
			401,
			secret ? 'its signature does not fit the secret' : 'there is no secret yet',
		);
	}
	if (events === undefined) return refuse(context, 400, 'it has no event that can be read');
	const items = selectEvents(context, events).map((payload) => ({
		json: toOutput(payload, context.getTimezone()) as IDataObject,
	}));
	return items.length > 0 ? { workflowData: [items] } : {};
}

/**
 * The payload as it came, and next to it the event in common terms.
 *
 * @param timeZone for times that come without one
 */
export function toOutput(payload: JsonObject, timeZone: string): JsonObject {
	const { event, ...rest } = payload;
	// No payload is known to have such a key. If one has, what workflows rely on keeps its place.
	return {
		...rest,
		...(event !== undefined && { motive_event: event }),
		event: parseEvent(payload, timeZone),
	};
}

function selectEvents(context: IWebhookFunctions, events: JsonObject[]): JsonObject[] {
	const actions = readActions(context);
	const filters = readEventFilters(context);
	return events.filter((payload) => {
		const event = parseEvent(payload);
		// Without an action nobody can tell: rather an event too many than one lost.
		if (event.action !== null && !actions.includes(event.action.toLowerCase())) return false;
		return passes(event, filters) && !isRedelivery(context, payload);
	});
}

function isRedelivery(context: IWebhookFunctions, payload: JsonObject): boolean {
	const identity = identityOf(payload);
	// Whoever listens for a test event may well send the same one again.
	if (identity === undefined || context.getMode() === 'manual') return false;
	const trigger = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	return memory.isKnown(`${trigger} ${identity}`, context.getResponseObject(), Date.now());
}

function refuse(
	context: IWebhookFunctions,
	status: 400 | 401,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`A delivery to the Motive Trigger was refused (${status}): ${reason}`);
	const text = status === 401 ? 'Unauthorized' : 'Bad Request';
	context.getResponseObject().writeHead(status, { 'content-type': 'text/plain' }).end(text);
	return { noWebhookResponse: true };
}
