import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, type JsonObject } from '../../motive/json';
import {
	BadInput,
	readBoolean,
	readChoice,
	readJsonObject,
	readOptions,
	readText,
} from '../../parameters/readers';
import { MAP_SERVICES, type Detail, type MapService } from '../../report/report';

const TITLE = 'Incident report';

/** How the items are put into reports. */
export type ReportsBy = 'one' | 'event';

/** What one report is to be like. */
export interface ReportInput {
	title: string;
	form: boolean;
	map: MapService;
	/** IANA name. */
	timeZone: string;
	/** Empty: made of what the report is about. */
	fileName: string;
	binaryProperty: string;
}

/**
 * Reads the event of an item.
 *
 * @returns null where the item has none
 * @throws BadInput
 */
export function readEvent(context: IExecuteFunctions, itemIndex: number): JsonObject | null {
	const value: unknown = context.getNodeParameter('event', itemIndex, '') ?? '';
	const event = readJsonObject(value, 'Event');
	return Object.keys(event).length === 0 ? null : event;
}

/**
 * Reads how the items are put into reports.
 *
 * @throws BadInput
 */
export function readReportsBy(context: IExecuteFunctions): ReportsBy {
	return readChoice(context.getNodeParameter('reports', 0, 'one'), ['one', 'event'], 'Reports');
}

/**
 * Reads what a report is to be like; the parameters of its first item count.
 *
 * @throws BadInput
 */
export function readReportInput(context: IExecuteFunctions, itemIndex: number): ReportInput {
	const options = readOptions(context, itemIndex);
	return {
		title: textOf(context.getNodeParameter('title', itemIndex, TITLE)) || TITLE,
		form: readBoolean(options['form'] ?? false, 'Add Form to Fill In'),
		map: readChoice(options['map'] ?? 'google', MAP_SERVICES, 'Map'),
		timeZone: readTimeZone(options['timeZone'] ?? context.getTimezone()),
		fileName: textOf(options['fileName']),
		binaryProperty: readText(
			options['binaryProperty'] ?? 'data',
			'Put Output File in Field',
			': enter a name such as data',
		),
	};
}

/** Reads the rows that the user adds. A fixed collection without rows has no field for them. */
export function readDetails(context: IExecuteFunctions, itemIndex: number): Detail[] {
	const value: unknown = context.getNodeParameter('details', itemIndex, {});
	const rows: unknown = isObject(value) ? value['row'] : value;
	return (Array.isArray(rows) ? rows : [])
		.filter(isObject)
		.map(({ label, value: text }) => ({ label: textOf(label), value: textOf(text) }));
}

function readTimeZone(value: unknown): string {
	const name = textOf(value);
	if (!isTimeZone(name))
		throw new BadInput(`Time Zone must be a name such as America/Chicago, but is “${name}”`);
	return name;
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/** Whatever an expression gives, as text; moments as ISO 8601. */
function textOf(value: unknown): string {
	const json = JSON.stringify(value ?? '');
	const plain: unknown = JSON.parse(json);
	return typeof plain === 'string' ? plain.trim() : json;
}
