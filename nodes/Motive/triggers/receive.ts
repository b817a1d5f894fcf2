import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseEvent } from '../motive/event';
import type { JsonObject } from '../motive/json';
import { parseEvents } from './delivery';
import { passes } from './filters';
import { eventItem, type SeenEvent } from './output';
import { isManual, readActions, readEventFilters, readManualSecret } from './parameters';
import { identityOf, RedeliveryMemory } from './redeliveries';
import { isBeingRegistered } from './registration';
import { ownRegistration } from './registrationData';
import { isSigned, SIGNATURE_HEADER } from './signature';

const memory = new RedeliveryMemory();

/**
 * Takes what Motive sends: one item for each event that was chosen, passes the filters and has not come before.
 *
 * n8n answers as soon as the run exists, well within the 3 s that Motive waits. What is not signed is refused with 401
 * and not with 403, after which Motive would not try again: an event may come while the webhook is still being made.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Whoever only looks whether there is somebody (GET, HEAD) is told so.
	if (context.getWebhookName() !== 'default') return {};
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
	const events = parseEvents(body);
	const secret = isManual(context)
		? await readManualSecret(context)
		: ownRegistration(context, context.getWorkflowStaticData('node'))?.secret;
	if (events?.length === 0 && (secret === undefined || isBeingRegistered(context))) {
		// Motive tries the webhook out before n8n can know by which secret. The message starts nothing.
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
	const items = selectEvents(context, events).map(eventItem);
	return items.length > 0 ? { workflowData: [items] } : {};
}

/** Those that were chosen, pass the filters and have not come before. */
function selectEvents(context: IWebhookFunctions, records: JsonObject[]): SeenEvent[] {
	const actions = readActions(context);
	const filters = readEventFilters(context);
	const zone = context.getTimezone();
	return records
		.map((record) => ({ record, event: parseEvent(record, zone) }))
		.filter(({ record, event }) => {
			// Without an action nobody can tell: rather an event too many than one lost.
			if (event.action !== null && !actions.includes(event.action.toLowerCase())) return false;
			return passes(event, filters) && !isRedelivery(context, record);
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
