import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { all, elements, readDocument, textOf, type Element } from './document.mts';
import { fileOf, incident, report, view, written } from './samples.mts';

type Rest = Parameters<typeof report>[0];

async function read(rest: Rest = {}): Promise<Element> {
	return readDocument(await written(report(rest)));
}

/** The rows of a report, by their label. */
async function rows(rest: Rest = {}): Promise<Record<string, string>> {
	const document = await read(rest);
	const [labels, values] = [all(document, 'dt'), all(document, 'dd')];
	return Object.fromEntries(
		labels.map((label, index) => [textOf(label), textOf(values[index] ?? '')]),
	);
}

/** Every element of a report with this class. */
async function withClass(name: string, rest: Rest = {}): Promise<Element[]> {
	return elements(await read(rest)).filter(({ attributes }) => attributes['class'] === name);
}

/** What stands under each image and each gap. */
async function figures(rest: Rest): Promise<string[]> {
	return all(await read(rest), 'figure').map(textOf);
}

describe('The document', () => {
	it('allows its images and its style, and nothing else', async () => {
		const document = await read();
		const [style] = all(document, 'style');
		const [rules] = style?.children ?? [];
		if (typeof rules !== 'string') throw new Error('There is no style');
		const hash = createHash('sha256').update(rules).digest('base64');
		const policies = all(document, 'meta').flatMap(({ attributes }) =>
			attributes['http-equiv'] === 'Content-Security-Policy' ? [attributes['content']] : [],
		);
		expect(policies).toEqual([
			`default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
		]);
		expect(all(document, 'style')).toHaveLength(1);
	});

	it('is named after its incident', async () => {
		expect(textOf(all(await read(), 'title')[0] ?? '')).toBe(
			'Incident report · Hard Brake · T-118',
		);
	});

	it('says when it was made, and in which time zone its times are', async () => {
		expect(textOf(all(await read(), 'header')[0] ?? '')).toBe(
			'Incident report Report made 2 July 2026, 12:44:02 All times: America/Chicago (UTC−5)',
		);
	});

	it.each([
		{ company: { name: 'Northline' } },
		{ company_name: 'Northline' },
		{ company: 'Northline' },
	])('names the company, known from %j', async (source) => {
		const incidents = [incident({ sources: [source] })];
		expect(textOf(all(await read({ incidents }), 'header')[0] ?? '')).toMatch(
			/^Northline Incident/,
		);
		expect(await withClass('company', { incidents })).toHaveLength(1);
		expect(await withClass('company')).toEqual([]);
	});

	it('is named after none of its incidents where there are several, and after nothing unknown', async () => {
		const unknown = incident({ event: null, views: [] });
		for (const incidents of [[incident(), incident()], [unknown]])
			expect(textOf(all(await read({ incidents }), 'title')[0] ?? '')).toBe('Incident report');
	});

	it('has the clock of the first event whose time is known', async () => {
		const winter = incident({ event: { occurred_at: '2026-01-02T17:40:41Z' } });
		const incidents = [incident({ event: { occurred_at: 'soon' } }), winter];
		const header = all(await read({ incidents }), 'header')[0] ?? '';
		expect(textOf(header)).toMatch(/America\/Chicago \(UTC−6\)$/);
	});

	it.each([
		['UTC', 'UTC'],
		['Africa/Abidjan', 'Africa/Abidjan (UTC)'],
		['Asia/Kolkata', 'Asia/Kolkata (UTC+5:30)'],
		['Australia/Brisbane', 'Australia/Brisbane (UTC+10)'],
	])('has the clock of %s written as %s', async (timeZone, zone) => {
		const header = all(await read({ timeZone }), 'header')[0] ?? '';
		expect(textOf(header).endsWith(`All times: ${zone}`)).toBe(true);
	});

	it('has nothing but what is known', async () => {
		const document = await read({ incidents: [incident({ event: null, views: [] })] });
		expect(textOf(all(document, 'main')[0] ?? '')).toBe('There is no picture of this incident.');
		expect(all(document, 'dl')).toEqual([]);
	});

	it('makes of line ends and control characters what a browser would', async () => {
		const details = [{ label: 'Note', value: 'one\r\ntwo\rthree\u0001' }];
		const [note] = all(await read({ incidents: [incident({ event: null, details })] }), 'dd');
		expect(note?.children).toEqual(['one\ntwo\nthree\uFFFD']);
	});

	it('has each incident under a heading where there are several', async () => {
		const event = { id: 2, type: 'lane_swerving', vehicle_number: 'T-119' };
		const incidents = [incident(), incident({ event }), incident({ event: null, views: [] })];
		const headings = all(await read({ incidents }), 'h2').map(textOf);
		expect(headings).toEqual(['Hard Brake · T-118', 'Lane Swerving · T-119', 'Without an event']);
		expect(all(await read(), 'h2')).toEqual([]);
	});
});

describe('The rows', () => {
	it('have what the event says', async () => {
		expect(await rows()).toEqual({
			Type: 'Hard Brake',
			Severity: 'High',
			Time: '2 July 2026, 12:40:41',
			Vehicle: 'T-118',
			Driver: 'Sam Doe',
			Place: 'San Jose, CA 37.41000, −121.92000',
			'Event ID': '3328319',
		});
	});

	it('describe the vehicle where something does', async () => {
		const vehicle = {
			...{ id: 1040021, number: 'T-118', year: '2021', make: 'Kenworth', model: 'T680' },
			...{ vin: '1XKYD49X0JJ000000', license_plate_state: 'TX', license_plate_number: 'ABC1234' },
		};
		const description = {
			'Make and model': '2021 Kenworth T680',
			VIN: '1XKYD49X0JJ000000',
			'License plate': 'TX ABC1234',
		};
		for (const sources of [
			[{ vehicle }],
			[{ state: 'ready' }, vehicle],
			[{ current_vehicle: vehicle }],
		])
			expect(await rows({ incidents: [incident({ sources })] })).toMatchObject(description);
		const event = { id: 7, vehicle };
		expect(await rows({ incidents: [incident({ event })] })).toMatchObject(description);
	});

	it.each([
		[{ asset: { vin: '1XKYD49X0JJ000000' } }, { VIN: '1XKYD49X0JJ000000' }],
		[{ vehicle: { make: 'Kenworth' } }, { 'Make and model': 'Kenworth' }],
		[{ vehicle: { license_plate_number: 'ABC1234' } }, { 'License plate': 'ABC1234' }],
	])('describe it by as little as %j', async (source, row) => {
		expect(await rows({ incidents: [incident({ event: null, sources: [source] })] })).toEqual(row);
	});

	it.each([
		[{ current_vehicle: { number: 'T-120' } }, { Vehicle: 'T-120' }],
		[{ asset_name: 'TRL-204' }, { Asset: 'TRL-204' }],
	])('name what is in %j', async (source, row) => {
		expect(await rows({ incidents: [incident({ event: null, sources: [source] })] })).toEqual(row);
	});

	it('call a type of event what the editor calls it', async () => {
		const event = { type: 'driver_facing_cam_obstruction' };
		expect(await rows({ incidents: [incident({ event })] })).toEqual({
			Type: 'Driver Facing Camera Obstruction',
		});
	});

	it('get more room for long values', async () => {
		const lengths = [24, 25, 80, 81];
		const details = lengths.map((length) => ({ label: `L${length}`, value: 'x'.repeat(length) }));
		const document = await read({ incidents: [incident({ details })] });
		const [list] = all(document, 'dl');
		const widths = all(list ?? document, 'div').map((row) => [
			textOf(all(row, 'dt')[0] ?? ''),
			row.attributes['class'],
		]);
		expect(Object.fromEntries(widths)).toEqual({
			...{ Type: '', Severity: 'serious', Time: 'wide', Vehicle: '', Driver: '', Place: 'wide' },
			...{ 'Event ID': '', L24: '', L25: 'wide', L80: 'wide', L81: 'whole' },
		});
	});

	it('do not take a model of something else for that of the vehicle', async () => {
		const incidents = [incident({ sources: [{ model: 'vision-2' }] })];
		expect(await rows({ incidents })).not.toHaveProperty('Make and model');
	});

	it('have vehicles and assets of the images where there is no event', async () => {
		const sources = [
			{ vehicle_number: 'T-118' },
			{ vehicle: { number: 'T-119' } },
			{ vehicle_number: 'T-118' },
			{ asset: { name: 'TRL-204' } },
		];
		const incidents = [incident({ event: null, sources })];
		expect(await rows({ incidents })).toEqual({ Vehicle: 'T-118, T-119', Asset: 'TRL-204' });
	});

	it('have what the user adds, unless it is empty', async () => {
		const details = [
			{ label: 'Claim', value: 'CL-7' },
			{ label: 'Note', value: '' },
		];
		const incidents = [incident({ event: null, details })];
		expect(await rows({ incidents })).toEqual({ Claim: 'CL-7' });
	});

	it.each([
		['google', ['https://www.google.com/maps/search/?api=1&query=37.41,-121.92']],
		[
			'openStreetMap',
			['https://www.openstreetmap.org/?mlat=37.41&mlon=-121.92#map=16/37.41/-121.92'],
		],
		['none', []],
	] as const)('lead to the map %s', async (map, addresses) => {
		const links = all(await read({ map }), 'a').map(({ attributes }) => attributes['href']);
		expect(links).toEqual(addresses);
		expect((await rows({ map }))['Place']).toBe('San Jose, CA 37.41000, −121.92000');
	});

	it.each([
		['a place without a point', { location: 'San Jose, CA' }, 'San Jose, CA'],
		['a point without a place', { lat: 1.5, lon: 2 }, '1.50000, 2.00000'],
		['half of a point', { location: 'Yard', lon: 2 }, 'Yard'],
		['the other half', { location: 'Yard', lat: 2 }, 'Yard'],
		['a pole', { lat: -90, lon: 180 }, '−90.00000, 180.00000'],
		['a point too far east', { location: 'Nowhere', lat: 2, lon: 180.1 }, 'Nowhere'],
		['a point that is none', { location: 'Nowhere', lat: 137, lon: 2 }, 'Nowhere'],
	])('show %s', async (_, event, place) => {
		expect(await rows({ incidents: [incident({ event })] })).toEqual({ Place: place });
	});
});

describe('The images', () => {
	it('are in the document, with a text for who cannot see them', async () => {
		const bytes = Buffer.from('any picture');
		const image = { type: 'image/webp' as const, open: () => fileOf(bytes) };
		const incidents = [incident({ views: [view('Rear', { image })] })];
		const [shown] = all(await read({ incidents }), 'img');
		expect(shown?.attributes).toEqual({
			alt: 'Rear, T-118, 2 July 2026, 12:40:58–12:41:07',
			src: `data:image/webp;base64,${bytes.toString('base64')}`,
		});
	});

	it.each([
		[
			'a span',
			{ from: '2026-07-02T17:40:58Z', to: '2026-07-02T17:41:07Z' },
			'2 July 2026, 12:40:58–12:41:07',
		],
		[
			'a moment',
			{ from: '2026-07-02T17:40:58Z', to: '2026-07-02T17:40:58Z' },
			'2 July 2026, 12:40:58',
		],
		[
			'a night',
			{ from: '2026-07-03T04:59:58Z', to: '2026-07-03T05:00:07Z' },
			'2 July 2026, 23:59:58 – 3 July 2026, 00:00:07',
		],
		[
			'a moment with an offset',
			{ from: '2026-07-02T19:40:58+02:00', to: '2026-07-02T19:40:58+02:00' },
			'2 July 2026, 12:40:58',
		],
		['what is no moment', { from: 'just now', to: 'just now' }, 'just now'],
		['no time', null, 'Time not recorded'],
	])('have a position and the time: %s', async (_, taken, time) => {
		const incidents = [incident({ views: [view('Rear', { taken })] })];
		expect(await figures({ incidents })).toEqual([`Rear ${time}`]);
	});

	it('name the vehicle where there are several', async () => {
		const views = [view('Rear'), view('Rear', { source: 'T-119', taken: null })];
		expect(await figures({ incidents: [incident({ views })] })).toEqual([
			'T-118 · Rear 2 July 2026, 12:40:58–12:41:07',
			'T-119 · Rear Time not recorded',
		]);
	});

	it('do not name the only vehicle, though it is not known of all of them', async () => {
		const views = [view('Rear'), view('Front', { source: '', taken: null })];
		const incidents = [incident({ views })];
		expect(await figures({ incidents })).toEqual([
			'Rear 2 July 2026, 12:40:58–12:41:07',
			'Front Time not recorded',
		]);
		const texts = all(await read({ incidents }), 'img').map(({ attributes }) => attributes['alt']);
		expect(texts[1]).toBe('Front, Time not recorded');
	});

	const at = '2026-07-02T17:40:58Z';
	const span = view('Span');
	const exact = view('Exact', { taken: { from: at, to: at } });
	const undated = view('Undated', { taken: null });
	const gap = view('Gap', { image: { missing: 'Offline.' } });

	it.each([
		['a span', [span, exact], true],
		['moments only', [exact, undated], false],
		['a span of a gap', [gap, exact], false],
	])('explain two times where there is %s', async (_, views, isExplained) => {
		const document = await read({ incidents: [incident({ event: null, views })] });
		const texts = all(document, 'main').map(textOf);
		expect(texts[0]?.endsWith('it was taken in between.')).toBe(isExplained);
		if (!isExplained) expect(texts).toEqual([all(document, 'figure').map(textOf).join(' ')]);
	});

	it('are laid out by their number, so that six fit on a page of paper', async () => {
		const layouts = [1, 2, 3, 4, 5, 6, 7].map(async (count) => {
			const views = Array.from({ length: count }, (_, index) => view(`Camera ${index}`));
			const names = elements(await read({ incidents: [incident({ views })] })).flatMap(
				({ attributes }) => attributes['class'] ?? [],
			);
			return names.find((name) => name.startsWith('views'))?.replace('views ', '');
		});
		expect(await Promise.all(layouts)).toEqual(['one', 'two', '', '', 'tight', 'tight', '']);
	});

	it('leave a gap that says why', async () => {
		const views = [view('Side Left', { image: { missing: 'The camera was offline.' } })];
		expect(await figures({ incidents: [incident({ views })] })).toEqual([
			'No picture The camera was offline. Side Left',
		]);
	});

	it('may be missing altogether', async () => {
		const text = textOf(await read({ incidents: [incident({ views: [] })] }));
		expect(text).toContain('There is no picture of this incident.');
	});

	it('are opened one after the other, each when the one before is written', async () => {
		const opened: string[] = [];
		const views = ['A', 'B', 'C'].map((name) =>
			view(name, {
				image: {
					type: 'image/png',
					open: async function* () {
						opened.push(`${name} opened`);
						yield* fileOf(Buffer.from('ab'), Buffer.from('c'));
						opened.push(`${name} read`);
					},
				},
			}),
		);
		await written(report({ incidents: [incident({ views })] }));
		expect(opened).toEqual(['A', 'B', 'C'].flatMap((name) => [`${name} opened`, `${name} read`]));
	});

	it('end the report when one cannot be read', async () => {
		const image = {
			type: 'image/png' as const,
			open: async function* () {
				yield* fileOf(Buffer.from('ab'));
				throw new Error('The disk is gone');
			},
		};
		const incidents = [incident({ views: [view('Rear', { image })] })];
		await expect(written(report({ incidents }))).rejects.toThrow('The disk is gone');
	});
});

describe('The form', () => {
	it('is left out unless it is wanted', async () => {
		expect(textOf(await read())).not.toContain('To fill in');
	});

	it('has room for the driver’s own words, and for a signature', async () => {
		const [own] = await withClass('own', { form: true });
		const lines = elements(own ?? (await read())).filter(
			({ attributes }) => attributes['class'] === 'line',
		);
		expect(lines.map(textOf)).toEqual(Array.from({ length: 8 }, () => ''));
		expect(textOf((await withClass('block', { form: true })).at(-1) ?? '')).toBe(
			'Signature Driver Date',
		);
	});

	it.each([
		[null, ''],
		[{ type: 'hard_brake' }, 'Hard Brake'],
		[{ id: 7 }, 'Event 7'],
	])('of %j says %j of what it belongs to', async (event, note) => {
		const incidents = [incident({ event, views: [view('Rear')] })];
		const [form] = await withClass('form', { form: true, incidents });
		expect(textOf(all(form ?? (await read()), 'p')[0] ?? '')).toBe(note);
	});

	it('has lines for what no camera knows, and says what it belongs to', async () => {
		const [form] = elements(await read({ form: true })).filter(
			({ attributes }) => attributes['class'] === 'form',
		);
		const text = textOf(form ?? '');
		expect(text).toContain('Hard Brake · T-118 · 2 July 2026, 12:40:41 · Event 3328319');
		for (const words of [
			...['Report number', 'Injuries', 'Police report number', 'Officer', 'Witnesses'],
			...['Other vehicle', 'Insurance company', 'Weather', 'Road', 'in the driver’s words'],
			...['Signature', 'Date'],
		])
			expect(text).toContain(words);
	});
});
