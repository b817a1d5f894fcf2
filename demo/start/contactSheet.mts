import { readFileSync } from 'node:fs';
import path from 'node:path';

import { escapeHtml } from '../../test/simulator/html.mts';
import type { Picture } from './pictures.mts';

const style = readFileSync(path.join(import.meta.dirname, 'contactSheet.css'), 'utf8');

/** Columns of the sheet: where a camera looks. */
const columns = {
	front_facing: 'Front',
	driver_facing: 'Driver',
	side_left: 'Left side',
	side_right: 'Right side',
	rear: 'Rear',
};

/** One number of the headline. */
export interface Fact {
	value: string;
	label: string;
}

/**
 * A page with a row per vehicle and a column per camera position. It holds the pictures themselves,
 * so the one file can be sent around; a click on a picture shows it large.
 */
export function contactSheet(pictures: readonly Picture[], facts: readonly Fact[]): string {
	const vehicles = [...new Set(pictures.map(({ vehicle_number: number }) => number))];
	const rows = vehicles.map((vehicle) => {
		const own = pictures.filter((picture) => picture.vehicle_number === vehicle);
		const cells = Object.entries(columns).map(([position, label]) => {
			const picture = own.find((each) => each.position === position);
			return picture ? cell(picture, label) : `<div class="none">${label}<br>no camera</div>`;
		});
		return `<section>
<h2>${escapeHtml(vehicle)}<small>${own.length} ${own.length === 1 ? 'picture' : 'pictures'}</small></h2>
<div class="row">${cells.join('\n')}</div>
</section>`;
	});
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fleet contact sheet</title>
<style>${style}</style>
</head>
<body id="sheet">
<header>
<div><h1>Fleet contact sheet</h1><p>Taken by one Motive node in n8n, ${dateOf(pictures)}. The fleet is simulated.</p></div>
<dl>${facts.map(({ value, label }) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>
</header>
${rows.join('\n')}
</body>
</html>
`;
}

function cell(picture: Picture, label: string): string {
	const { request_id: id, camera_type: camera, contents, takenAt, seconds } = picture;
	const source = `data:${picture.mimeType};base64,${contents.toString('base64')}`;
	return `<figure id="capture-${id}">
<a href="#capture-${id}"><img src="${escapeHtml(source)}" alt="${escapeHtml(picture.file_name)}"></a>
<a class="close" href="#sheet" aria-label="Back to all pictures"></a>
<figcaption><b>${label}</b><time datetime="${takenAt.toISOString()}">${timeOf(takenAt)}</time>
<span>${escapeHtml(camera)} · ${id}</span><span>${seconds.toFixed(1)} s</span></figcaption>
</figure>`;
}

function dateOf([first]: readonly Picture[]): string {
	return first === undefined
		? ''
		: first.takenAt.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}

function timeOf(time: Date): string {
	return `${time.toLocaleTimeString('en-GB', { timeZone: 'UTC' })} UTC`;
}
