import { isObject } from '../motive/json';
import { NOT_GIVEN } from '../motive/eventWords';
import type { NormalisedEvent } from '../motive/event';
import { toList } from './toList';

/** Which events may start the workflow, in lower case; an empty list lets everything pass. */
export interface EventFilters {
	severities: string[];
	types: string[];
	/** Fleet numbers and ids. */
	vehicles: string[];
}

/** Reads the `filters` parameter. */
export function readFilters(parameter: unknown): EventFilters {
	const { severity, eventType, vehicle } = isObject(parameter) ? parameter : {};
	return { severities: toList(severity), types: toList(eventType), vehicles: toList(vehicle) };
}

/** Whether an event passes every filter that is set. */
export function passes(
	{ severity, type, vehicle }: NormalisedEvent,
	filters: EventFilters,
): boolean {
	return (
		isAmong(filters.severities, [severity ?? NOT_GIVEN]) &&
		isAmong(filters.types, [type]) &&
		isAmong(filters.vehicles, [vehicle.number, vehicle.id])
	);
}

function isAmong(
	wanted: readonly string[],
	values: ReadonlyArray<number | string | null>,
): boolean {
	if (wanted.length === 0) return true;
	return values.some((value) => value !== null && wanted.includes(String(value).toLowerCase()));
}
