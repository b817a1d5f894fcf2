import { OTHER } from './eventOptions';
import { readFilters, type EventFilters } from './filters';
import { toList } from './toList';

/** A context of n8n's that has the parameters of the trigger. */
interface TriggerContext {
	getNodeParameter: (name: string, fallback?: unknown) => unknown;
}

/** Whether the user takes care of the webhook at Motive. */
export function isManual(context: TriggerContext): boolean {
	return context.getNodeParameter('registration', 'automatic') === 'manual';
}

/** The secret that the user pasted, for a webhook made by hand. */
export function readPastedSecret(context: TriggerContext): string {
	return String(context.getNodeParameter('webhookSecret', '')).trim();
}

/** The actions that start the workflow, each once. */
export function readActions(context: TriggerContext): string[] {
	const chosen = toList(context.getNodeParameter('events', []));
	const others = chosen.includes(OTHER)
		? toList(context.getNodeParameter('additionalEvents', ''))
		: [];
	return [...new Set([...chosen.filter((action) => action !== OTHER), ...others])];
}

/** The filters behind the choice of actions. */
export function readEventFilters(context: TriggerContext): EventFilters {
	return readFilters(context.getNodeParameter('filters', {}));
}
