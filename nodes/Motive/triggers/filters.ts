import type { NormalisedEvent } from '../motive/event';
import { NOT_GIVEN } from '../motive/eventWords';
import { isObject } from '../motive/json';
import type { Field } from '../parameters/badInput';
import { readChoices, readNames, readWords, wordKey } from '../parameters/choices';
import { eventTypeField, severityField, vehicleFilterField } from './filterFields';

/** Which events may start the workflow; an empty list lets everything pass. */
export interface EventFilters {
	severities: string[];
	/** As `wordKey` makes them. */
	types: string[];
	/** Fleet numbers and ids, as `nameKey` makes them. */
	vehicles: string[];
}

/**
 * Reads the `filters` parameter. A filter that was set but has no value is refused: nobody would notice that it lets
 * everything pass, or nothing.
 *
 * @throws BadInput
 */
export function readFilters(parameter: unknown): EventFilters {
	const chosen = isObject(parameter) ? parameter : {};
	const read = <F extends Field & { name: string }>(
		field: F,
		reader: (value: unknown, field: F) => string[],
	) => (field.name in chosen ? reader(chosen[field.name], field) : []);
	return {
		severities: read(severityField, readChoices),
		types: read(eventTypeField, readWords).map(wordKey),
		vehicles: read(vehicleFilterField, readNames).map(nameKey),
	};
}

/** Whether an event passes every filter that is set. */
export function passes(
	{ severity, type, vehicle }: NormalisedEvent,
	{ severities, types, vehicles }: EventFilters,
): boolean {
	return (
		isAmong(severities, [severity ?? NOT_GIVEN]) &&
		isAmong(types, [wordKey(type ?? '')]) &&
		isAmong(vehicles, [nameKey(vehicle.number ?? ''), String(vehicle.id)])
	);
}

function isAmong(wanted: readonly string[], values: readonly string[]): boolean {
	return wanted.length === 0 || values.some((value) => value !== '' && wanted.includes(value));
}

function nameKey(name: string): string {
	return name.normalize('NFC').toLowerCase();
}
