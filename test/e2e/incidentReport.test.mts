/** What a browser makes of incident reports, on the screen and on paper. Needs Chromium and no n8n. */
import { createCanvas } from '@napi-rs/canvas';
import { expect, it } from 'vitest';

import type { Incident, Report, View } from '../../nodes/Motive/report/report.ts';
import { fileOf, incident, report, view, written } from '../unit/report/samples.mts';
import { readReport } from './examples/report.mts';

/** Images that differ, so that each of them is a thing of its own in a PDF. */
function views(count: number): View[] {
	return Array.from({ length: count }, (_, index) => {
		const canvas = createCanvas(320, 180);
		const context = canvas.getContext('2d');
		context.fillStyle = `hsl(${index * 27} 60% 50%)`;
		context.fillRect(0, 0, 320, 180);
		const jpeg = canvas.toBuffer('image/jpeg');
		return view('Front Facing', { image: { type: 'image/jpeg', open: () => fileOf(jpeg) } });
	});
}

/** All that is ever known about an incident. */
const known: Pick<Incident, 'details' | 'event'> = {
	event: {
		...incident().event,
		location: 'Pennsylvania Turnpike, Bedford County, Pennsylvania, United States',
		company: { name: 'Northline Haulage' },
		vehicle: {
			...{ id: 1040021, number: 'T-118', year: '2021', make: 'Kenworth', model: 'T680' },
			...{ vin: '1XKYD49X0JJ000000', license_plate_state: 'TX', license_plate_number: 'ABC1234' },
		},
	},
	details: [
		{ label: 'Claim number', value: 'CL-2026-00417' },
		{ label: 'Dispatcher', value: 'Maria Gonzalez' },
		{ label: 'Trailer', value: 'TRL-204' },
		{ label: 'Load', value: '18 pallets of water' },
	],
};

async function read(rest: Partial<Report>) {
	return await readReport(await written(report(rest)));
}

it.each([0, 1, 2, 3, 4, 5, 6])('%i images fit on one page of A4 and of Letter', async (count) => {
	const found = await read({ incidents: [incident({ ...known, views: views(count) })] });
	expect(found).toMatchObject({ pagesA4: 1, pagesLetter: 1, requests: [], complaints: [] });
	expect(found.pictures).toEqual(Array(count).fill({ width: 320, height: 180 }));
});

it.each([7, 20])('%i images fill more pages, and none is cut in two', async (count) => {
	const found = await read({ incidents: [incident({ ...known, views: views(count) })] });
	expect(found.pagesA4).toBeGreaterThan(1);
	expect(found.pagesLetter).toBeGreaterThan(1);
	expect(found).toMatchObject({ imagesA4: count, imagesLetter: count });
});

it('the form is a page of its own', async () => {
	const incidents = [incident({ ...known, views: views(5) })];
	expect(await read({ incidents, form: true })).toMatchObject({ pagesA4: 2, pagesLetter: 2 });
});

it('every incident begins on a page of its own', async () => {
	const incidents = [1, 2, 3].map(() => incident({ ...known, views: views(2) }));
	expect(await read({ incidents })).toMatchObject({ pagesA4: 3, pagesLetter: 3 });
});

it('what looks like HTML is text', async () => {
	const attack =
		`</style></title></p><script>document.title = 'broken'</script><img src=x onerror="alert(1)">` +
		`<link rel=stylesheet href=https://evil.example/a.css><iframe src=https://evil.example></iframe>`;
	const found = await read({
		title: attack,
		incidents: [
			incident({
				event: { type: attack, location: attack, lat: 1, lon: 2, driver: { name: attack } },
				details: [{ label: attack, value: attack }],
				views: [view(attack), view('Rear', { image: { missing: attack } })],
			}),
		],
	});
	expect(found).toMatchObject({ requests: [], complaints: [] });
	expect(found.links).toEqual(['https://www.google.com/maps/search/?api=1&query=1,2']);
	// Title, three rows, a detail with its label, a caption and a gap.
	expect(found.text.split(attack)).toHaveLength(1 + 8);
});
