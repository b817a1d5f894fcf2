import type { IExecuteFunctions } from 'n8n-workflow';

/** A context of n8n's with these parameters, in the time zone of New York. */
export function contextWith(parameters: Record<string, unknown>): IExecuteFunctions {
	const context = {
		getNodeParameter: (name: string, _itemIndex: number, fallback?: unknown) =>
			name in parameters ? parameters[name] : fallback,
		getTimezone: () => 'America/New_York',
	};
	return context as unknown as IExecuteFunctions;
}
