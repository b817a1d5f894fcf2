import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHookFunctions,
	INodeCredentialTestResult,
	IWebhookFunctions,
} from 'n8n-workflow';

import { cleanKey } from '../../../credentials/connection';
import { isObject } from '../motive/json';
import { BadInput, badInput } from '../parameters/badInput';
import { readChoice, readList, readWords } from '../parameters/choices';
import { readWholeNumber } from '../parameters/readers';
import { EVENT_KINDS, type EventKind } from './eventKinds';
import { OTHER } from './eventOptions';
import { eventKindField, eventsField, lookBackField, otherEventsField } from './fields';
import { readFilters, type EventFilters } from './filters';

/** A context of n8n's that has the parameters of the trigger. */
interface TriggerContext {
	getNodeParameter: (name: string, fallback?: unknown) => unknown;
}

/** Whether the user takes care of the webhook at Motive. */
export function isManual(context: TriggerContext): boolean {
	return context.getNodeParameter('registration', 'automatic') === 'manual';
}

/** The type of the credential that has the secret of a webhook made by hand. */
const SECRET_CREDENTIAL = 'motiveWebhookApi';

/**
 * The secret of a webhook made by hand: that of the credential, or of the parameter that was in its place before.
 *
 * @returns undefined when there is none
 */
export async function readManualSecret(
	context: IHookFunctions | IWebhookFunctions,
): Promise<string | undefined> {
	const parameter = context.getNodeParameter('webhookSecret', '');
	const isStored = context.getNode().credentials?.[SECRET_CREDENTIAL] !== undefined;
	const secret =
		parameter === '' && isStored
			? (await context.getCredentials(SECRET_CREDENTIAL))['secret']
			: parameter;
	return cleanKey(secret) || undefined;
}

/** Tells the user whether the credential has a secret; whether it is the right one, only Motive knows. */
export async function testSecret(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return cleanKey(data?.['secret']) === ''
		? { status: 'Error', message: 'The secret is empty' }
		: { status: 'OK', message: 'The secret is there' };
}

/**
 * The actions that start the workflow, each once.
 *
 * @throws BadInput
 */
export function readActions(context: TriggerContext): string[] {
	const { default: usual } = eventsField;
	const chosen = readWords(context.getNodeParameter(eventsField.name, usual), eventsField);
	const others = chosen.includes(OTHER)
		? readList(context.getNodeParameter(otherEventsField.name, ''), otherEventsField)
		: [];
	const actions = [...chosen.filter((action) => action !== OTHER), ...others];
	if (actions.length === 0)
		throw new BadInput(
			'Trigger On is empty. Choose at least one event, or name one under Other Events.',
		);
	return [...new Set(actions.map((action) => action.toLowerCase()))];
}

/**
 * The filters behind the choice of events.
 *
 * @throws BadInput
 */
export function readEventFilters(context: TriggerContext): EventFilters {
	return readFilters(context.getNodeParameter('filters', {}));
}

/** What the Motive Polling Trigger is asked for. */
export interface PollInput {
	kind: EventKind;
	filters: EventFilters;
	/** How long ago an event may have begun and still be noticed. */
	lookBackHours: number;
}

/**
 * Reads the parameters of the Motive Polling Trigger.
 *
 * @throws BadInput
 */
export function readPollInput(context: TriggerContext): PollInput {
	const chosen = readChoice(
		context.getNodeParameter('event', eventKindField.default),
		eventKindField,
	);
	const kind = EVENT_KINDS.find(({ name }) => name === chosen);
	if (kind === undefined) throw badInput(eventKindField, 'a kind of event', chosen);
	const options = context.getNodeParameter('options', {});
	const { lookBackHours } = isObject(options) ? options : {};
	const { typeOptions, default: usual } = lookBackField;
	return {
		kind,
		filters: readEventFilters(context),
		lookBackHours: readWholeNumber(lookBackHours ?? usual, lookBackField, typeOptions.maxValue),
	};
}
