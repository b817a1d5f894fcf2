import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, type JsonObject } from '../../motive/json';
import { binaryPropertyOption, readFieldName } from '../../parameters/jobOptions';
import { badInput, type Field } from '../../parameters/badInput';
import { readChoice } from '../../parameters/choices';
import {
	collectionOf,
	optionsOf,
	parametersOf,
	readBoolean,
	readJsonObject,
} from '../../parameters/readers';
import type { Detail, MapService } from '../../report/report';
import {
	detailsField,
	eventField,
	fileNameOption,
	formOption,
	mapOption,
	reportsField,
	timeZoneOption,
	TITLE,
	titleField,
} from './fields';

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
	const event = parametersOf(context, itemIndex)(eventField, readJsonObject);
	return Object.keys(event).length === 0 ? null : event;
}

/**
 * Reads how the items are put into reports.
 *
 * @throws BadInput
 */
export function readReportsBy(context: IExecuteFunctions): ReportsBy {
	return parametersOf(context, 0)(reportsField, readChoice);
}

/**
 * Reads what a report is to be like; the parameters of its first item count.
 *
 * @throws BadInput
 */
export function readReportInput(context: IExecuteFunctions, itemIndex: number): ReportInput {
	const parameter = parametersOf(context, itemIndex);
	const option = optionsOf(context, itemIndex);
	return {
		title: parameter(titleField, textOf) || TITLE,
		form: option(formOption, readBoolean),
		map: option(mapOption, readChoice),
		timeZone: option(timeZoneOption, (value, field) =>
			readTimeZone(value === '' ? context.getTimezone() : value, field),
		),
		fileName: option(fileNameOption, textOf),
		binaryProperty: option(binaryPropertyOption, readFieldName),
	};
}

/** Reads the rows that the user adds. A fixed collection without rows has no field for them. */
export function readDetails(context: IExecuteFunctions, itemIndex: number): Detail[] {
	const { row: rows } = collectionOf(context, itemIndex, detailsField.name);
	return (Array.isArray(rows) ? rows : [])
		.filter(isObject)
		.map(({ label, value: text }) => ({ label: textOf(label), value: textOf(text) }));
}

function readTimeZone(value: unknown, field: Field): string {
	const name = textOf(value);
	if (!isTimeZone(name)) throw badInput(field, 'a name such as America/Chicago', value);
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
