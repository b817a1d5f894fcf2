import type { Coordinates } from './facts';
import { html, type Html } from './html';
import type { MapService } from './report';

/** Address of a point on each map. */
const ADDRESSES: Record<Exclude<MapService, 'none'>, (point: Coordinates) => string> = {
	/** @see https://developers.google.com/maps/documentation/urls/get-started */
	google: ({ lat, lon }) => `https://www.google.com/maps/search/?api=1&query=${lat},${lon}`,
	/** @see https://wiki.openstreetmap.org/wiki/Browsing */
	openStreetMap: ({ lat, lon }) =>
		`https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}`,
};

/** A place, linked to the map where its point is known. The point is written as well: paper has no links. */
export function placeHtml(place: string, point: Coordinates | null, map: MapService): Html {
	if (point === null) return html`${place}`;
	const written = `${degrees(point.lat)}, ${degrees(point.lon)}`;
	const note = place === '' ? '' : html`<span class="note">${written}</span>`;
	const name = place === '' ? written : place;
	if (map === 'none') return html`${name} ${note}`;
	const link = html`<a href="${ADDRESSES[map](point)}" rel="noopener noreferrer">${name}</a>`;
	return html`${link} ${note}`;
}

/** About a metre exact. */
function degrees(value: number): string {
	return value.toFixed(5).replace('-', '−');
}
