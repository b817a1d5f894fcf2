import type { Facts } from './facts';
import { html, type Html } from './html';
import { placeHtml } from './place';
import type { Detail, MapService } from './report';
import type { TimeWriter } from './time';

/** Severities that stand out, by the class that makes them. */
const SEVERITY_CLASSES = new Map([
	['critical', 'serious'],
	['high', 'serious'],
	['medium', 'moderate'],
]);

/** The rows of an incident: what is known of it, then what the user adds. What is not known has no row. */
export function rowsHtml(
	facts: Facts,
	details: readonly Detail[],
	times: TimeWriter,
	map: MapService,
): Html {
	const { severity, place, coordinates } = facts;
	const isSomewhere = place !== '' || coordinates !== null;
	const rows = [
		...row('Type', facts.type),
		...row('Severity', capitalised(severity), SEVERITY_CLASSES.get(severity)),
		...row('Time', times.moment(facts.occurredAt), 'wide'),
		...row('Vehicle', facts.vehicle),
		...row('Asset', facts.asset),
		...row('Driver', facts.driver),
		...row('Place', isSomewhere ? placeHtml(place, coordinates, map) : '', 'wide'),
		...row('Make and model', facts.model),
		...row('VIN', facts.vin),
		...row('License plate', facts.plate),
		...row('Event ID', facts.eventId),
		...details.flatMap(({ label, value }) => row(label, value, widthOf(value))),
	];
	return rows.length === 0 ? html`` : html`<dl class="facts">${rows}</dl> `;
}

function row(label: string, value: string | Html, kind = ''): Html[] {
	if (value === '') return [];
	return [
		html`<div class="${kind}">
			<dt>${label}</dt>
			<dd>${value}</dd>
		</div>`,
	];
}

/** Long values get more room. */
function widthOf(value: string): string {
	if (value.length > 80) return 'whole';
	return value.length > 24 ? 'wide' : '';
}

function capitalised(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
