import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { keepFilesIn } from '../engine/core.mts';
import type { NodeOptions, WorkflowJson } from '../engine/engine.mts';
import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import { all, readDocument, textOf } from '../unit/report/document.mts';
import { from, IMAGE, POLL, useMotiveWorld } from './motive.mts';

const world = useMotiveWorld();

/** An event as the triggers give it. */
const event = {
	action: 'driver_performance_event_created',
	id: 3328319,
	type: 'hard_brake',
	severity: 'high',
	occurred_at: '2026-07-01T11:59:41Z',
	vehicle: { id: 1040021, number: 'T-118' },
	driver: { id: 20011, name: 'Sam Doe' },
	location: 'San Jose, CA',
	lat: 37.41,
	lon: -121.92,
};

/** The row that a capture puts out when it is simplified. */
const row = {
	...{ state: 'ready', vehicle_id: 1040021, vehicle_number: 'T-118', position: 'front_facing' },
	...{ file_name: 'T-118_front_facing_90301.jpg', camera_type: 'dashcam', status: 'success' },
	...{ requested_at: '2026-07-01T12:00:00Z', ready_at: '2026-07-01T12:00:07Z', request_id: 90301 },
};

const bytes = Buffer.from('the bytes of a picture');

/** A file as nodes that keep it in the item put it out. */
function file(fileName = 'picture.jpg', mimeType = 'image/jpeg', content = bytes) {
	return { fileName, mimeType, data: content.toString('base64') };
}

function item(json: INodeExecutionData['json'], files = { data: file() }): INodeExecutionData {
	return { json, binary: files };
}

/** Makes reports of these items; times are in UTC unless a test says otherwise. */
async function create(
	items: INodeExecutionData[],
	{ options = { timeZone: 'UTC' }, ...parameters }: INodeParameters = {},
	rest: Partial<NodeOptions> = {},
): Promise<Run> {
	const all = { resource: 'incidentReport', ...parameters, options };
	return await world.run('create', all, { items, ...rest });
}

/** The node behind one whose items it gets. */
async function createBehind(
	parameters: INodeParameters,
	ofReport: INodeParameters = {},
	settings: WorkflowJson['settings'] = {},
): Promise<Run> {
	const node = (name: string, type: string, of: INodeParameters) => ({
		...{ id: name, name, type, typeVersion: 1, position: [0, 0] as [number, number] },
		...{ parameters: of, onError: 'continueRegularOutput' as const },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const motive = 'n8n-nodes-motive.motive';
	const workflow: WorkflowJson = {
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node('Before', motive, parameters),
			node('Report', motive, { resource: 'incidentReport', operation: 'create', ...ofReport }),
		],
		connections: { Start: to('Before'), Before: to('Report') },
		settings,
	};
	return await world.inTime(async () => await world.engine.runWorkflow(workflow));
}

/** What a report shows. */
interface Shown {
	html: string;
	/** By their labels. */
	rows: Record<string, string>;
	/** Texts of the images and gaps, in order. */
	figures: string[];
	/** Contents of the images. */
	images: string[];
	headings: string[];
}

async function shownBy(run: Run, index = 0, field = 'data'): Promise<Shown> {
	expect(run.error).toBeUndefined();
	const html = (await run.file(run.items[index]?.binary?.[field])).toString();
	const document = readDocument(html);
	const values = all(document, 'dd').map(textOf);
	return {
		html,
		rows: Object.fromEntries(
			all(document, 'dt').map((label, at) => [textOf(label), values[at] ?? '']),
		),
		figures: all(document, 'figure').map(textOf),
		images: all(document, 'img').map(({ attributes: { src = '' } }) =>
			Buffer.from(src.slice(src.indexOf(',') + 1), 'base64').toString('latin1'),
		),
		headings: all(document, 'h2').map(textOf),
	};
}

const isJpeg = expect.stringMatching(/^\xff\xd8\xff.*\xff\xd9$/s) as string;

describe('A report', () => {
	it('is one HTML file, and the item says what is in it', async () => {
		const items = [item(row), { json: { error: 'The camera was offline' } }];
		const run = await create(items, { event: JSON.stringify(event) });
		const { html, rows } = await shownBy(run);
		expect(run.items).toEqual([
			{
				json: {
					title: 'Incident report',
					event,
					pictures: 1,
					missing: 1,
					fileName: 'T-118_hard_brake_3328319.html',
					mimeType: 'text/html',
					fileSize: Buffer.byteLength(html),
				},
				binary: {
					data: expect.objectContaining({
						fileName: 'T-118_hard_brake_3328319.html',
						mimeType: 'text/html',
						fileExtension: 'html',
						bytes: Buffer.byteLength(html),
					}) as unknown,
				},
				pairedItem: [{ item: 0 }, { item: 1 }],
			},
		]);
		expect(rows).toMatchObject({ Type: 'Hard Brake', Vehicle: 'T-118', Driver: 'Sam Doe' });
	});

	it('needs no credential, and asks nothing of Motive', async () => {
		const run = await create([item(row)], { event }, { credentials: {} });
		expect(run.items[0]?.json).toMatchObject({ pictures: 1 });
		expect(world.simulator.requests).toEqual([]);
	});

	it('is made without any image', async () => {
		const run = await create([{ json: {} }]);
		expect(run.items[0]?.json).toMatchObject({
			...{ title: 'Incident report', event: null, pictures: 0, missing: 0 },
			fileName: 'Incident-report.html',
		});
		expect((await shownBy(run)).figures).toEqual([]);
	});

	it('adds less than 10 kB to the execution, however large it is', async () => {
		const items = Array.from({ length: 20 }, () =>
			item(row, { data: file('a.jpg', 'image/jpeg', Buffer.alloc(100_000)) }),
		);
		const run = await create(items, { event });
		expect(run.items[0]?.json['fileSize']).toBeGreaterThan(2_000_000);
		expect(JSON.stringify(run.items).length).toBeLessThan(10_000);
	});
});

describe('The input', () => {
	it('may be images of Capture', async () => {
		const capture = { resource: 'imageCapture', operation: 'capture', ...from('T-118') };
		const run = await createBehind({ ...capture, positions: ['rear', 'front_facing'] }, { event });
		const { figures, images } = await shownBy(run);
		expect(figures).toEqual([
			expect.stringMatching(/^Rear/) as unknown,
			expect.stringMatching(/^Front Facing/) as unknown,
		]);
		expect(images).toEqual([isJpeg, isJpeg]);
	});

	it('may be all images of a vehicle in one item', async () => {
		const capture = { resource: 'imageCapture', operation: 'capture', ...from('T-118') };
		const options = { outputMode: 'source' };
		const positions = ['rear', 'front_facing'];
		const run = await createBehind({ ...capture, positions, options });
		const { figures, images, rows } = await shownBy(run);
		expect(figures.map((text) => text.split(' ')[0])).toEqual(['Rear', 'Front']);
		expect(images).toEqual([isJpeg, isJpeg]);
		expect(rows).toEqual({ Vehicle: 'T-118' });
		expect(run.items[0]?.json).toMatchObject({ pictures: 2, missing: 0 });
	});

	it('may be an image of Get', async () => {
		await world.run('start', from('T-118'));
		const parameters = { cameraType: 'dashcam', requestId: 90301, waitForImage: true };
		const run = await createBehind({ resource: 'imageCapture', operation: 'get', ...parameters });
		expect((await shownBy(run)).images).toEqual([isJpeg]);
	});

	it('may be the stills of a safety event, which is then what the report is about', async () => {
		const listed = await world.run('getAll', {
			resource: 'safetyEvent',
			limit: 60,
			simplify: false,
		});
		const [still] = z
			.array(z.object({ id: z.number(), start_time: z.string(), aggregated: z.literal(false) }))
			.parse(
				listed.items.flatMap(({ json }) =>
					json['aggregated'] === false && Number(json['id']) % 3 > 0 ? [json] : [],
				),
			);
		const of = { eventId: still?.id ?? 0, eventTime: still?.start_time ?? '' };
		const run = await createBehind({ resource: 'safetyEvent', operation: 'getMedia', ...of });
		const { figures, images, rows } = await shownBy(run);
		expect(figures).toEqual([
			expect.stringMatching(/^Front Facing \d+ \w+ 2026, [\d:]+$/) as unknown,
			expect.stringMatching(/^Driver Facing \d+ \w+ 2026, [\d:]+$/) as unknown,
		]);
		expect(images).toEqual([isJpeg, isJpeg]);
		expect(rows).toMatchObject({ 'Event ID': String(still?.id) });
		expect(run.items[0]?.json).toMatchObject({ event: { id: still?.id }, pictures: 2, missing: 0 });
	});

	it('may be simplified rows, whose times tell when the image was taken', async () => {
		const { figures } = await shownBy(await create([item(row)]));
		expect(figures).toEqual(['Front Facing 1 July 2026, 12:00:00–12:00:07']);
	});

	it('may be simplified rows of a whole vehicle', async () => {
		const rear = { ...row, position: 'rear', state: 'pending', status: 'pending', ready_at: null };
		const whole = { state: 'partial', vehicle_number: 'T-118', attachments: 'front_facing' };
		const json = { ...whole, captures: [rear, row] };
		const run = await create([{ json, binary: { front_facing: file() } }]);
		expect((await shownBy(run)).figures).toEqual([
			'No picture It was not there yet when this report was made. Motive’s status: pending. Rear',
			'Front Facing 1 July 2026, 12:00:00–12:00:07',
		]);
	});

	it.each([
		['image/jpeg', 'a.jpg', 'image/jpeg'],
		['image/JPG; charset=binary', 'a.jpg', 'image/jpeg'],
		['image/png', 'a.png', 'image/png'],
		['application/octet-stream', 'yard.webp', 'image/webp'],
	])('may be files of the type %s of any node', async (mimeType, fileName, type) => {
		const run = await create([item({ any: 'thing' }, { data: file(fileName, mimeType) })]);
		const { html, figures, images } = await shownBy(run);
		expect(html).toContain(`src="data:${type};base64,`);
		expect(figures).toEqual([`${fileName} Time not recorded`]);
		expect(images).toEqual([bytes.toString()]);
	});

	it('may have several images in an item, some with names of positions', async () => {
		const files = {
			rear: file(),
			scan: file('damage.png', 'image/png'),
			notes: file('a.txt', 'text/plain'),
		};
		const { figures } = await shownBy(
			await create([{ json: { position: 'side_left' }, binary: files }]),
		);
		expect(figures.map((text) => text.replace(' Time not recorded', ''))).toEqual([
			'Rear',
			'damage.png',
		]);
	});

	it.each([
		['images/heic', file('a.heic', 'image/heic'), 'a.heic'],
		['SVG, which could hold a program', file('a.svg', 'image/svg+xml'), 'a.svg'],
	])('leaves a gap for %s', async (_, data, name) => {
		const { figures } = await shownBy(await create([item({}, { data })]));
		expect(figures).toEqual([
			`No picture It is a file that browsers do not show (${data.mimeType}). ${name}`,
		]);
	});

	it('is told apart from videos', async () => {
		const json = {
			state: 'ready',
			camera_media: {},
			media: { name: 'front_facing', type: 'video' },
		};
		const run = await create([item(json, { data: file('a.mp4', 'video/mp4') }), { json }]);
		expect(run.items[0]?.json).toMatchObject({ pictures: 0, missing: 0 });
	});

	it.each([
		['pending', 'It was not there yet when this report was made. Motive’s status: busy.'],
		['failed', 'Motive could not deliver it. Motive’s status: busy.'],
		['ready', 'It is there, but was not downloaded. Motive’s status: busy.'],
		['skipped', 'This camera was left out. Motive’s status: busy.'],
	])('leaves a gap for a capture that is %s', async (state, reason) => {
		const run = await create([{ json: { ...row, state, status: 'busy' } }]);
		expect((await shownBy(run)).figures).toEqual([`No picture ${reason} Front Facing`]);
		expect(run.items[0]?.json).toMatchObject({ pictures: 0, missing: 1 });
	});

	it('leaves a gap for a camera that failed, and says which and why', async () => {
		world.simulator.faults.add({ on: POLL, answer: answers.failed() });
		const capture = { resource: 'imageCapture', operation: 'capture', ...from('T-118') };
		const run = await createBehind({ ...capture, positions: ['driver_facing'] });
		expect((await shownBy(run)).figures).toEqual([
			expect.stringMatching(
				/^No picture Motive could not take the picture .* Driver Facing$/,
			) as unknown,
		]);
	});

	it.each([
		[{ error: 'offline' }, 'offline'],
		[{ error: { message: 'offline' } }, 'offline'],
		[
			{ error: 'GET https://x.example/a.jpg?X-Amz-Signature=5f1d failed' },
			'GET https://x.example/a.jpg failed',
		],
	])('leaves a gap for %j', async (json, reason) => {
		expect((await shownBy(await create([{ json }]))).figures).toEqual([
			`No picture ${reason} Camera`,
		]);
	});
});

describe('Files', () => {
	it('are read from n8n’s storage, and from items', async () => {
		await keepFilesIn('items');
		try {
			const run = await create([item(row)]);
			expect((await shownBy(run)).images).toEqual([bytes.toString()]);
		} finally {
			await keepFilesIn('files');
		}
	});

	it('are found where the workflow keeps them together with the JSON', async () => {
		const capture = { resource: 'imageCapture', operation: 'capture', ...from('T-118') };
		const run = await createBehind(capture, {}, { binaryMode: 'combined' });
		const { _files: files, ...json } = run.items[0]?.json ?? {};
		expect(json).toMatchObject({ pictures: 1, missing: 0 });
		expect(files).toMatchObject({ data: { mimeType: 'text/html' } });
	});

	it('that are gone end the report, which names them', async () => {
		const data = { ...file(), id: 'filesystem-v2:workflows/x/executions/y/binary_data/gone' };
		const run = await create([item(row, { data })]);
		expect(run.error?.message).toContain(
			'The picture in the field “data” could not be read: File not found',
		);
	});
});

describe('One report for each event', () => {
	const other = { ...event, id: 2, type: 'cell_phone', vehicle: { id: 5, number: 'T-119' } };
	const items = [
		item({ ...row, position: 'rear', event }),
		item({ ...row, vehicle_number: 'T-119', event: other }),
		item({ ...row, position: 'side_left' }),
		{ json: { error: 'Driver Facing was offline', event } },
	];

	it('has the items of that event, in whatever order they come', async () => {
		const run = await create(items, { event: '={{ $json.event }}', reports: 'event' });
		expect(run.items.map(({ json, pairedItem }) => [json['fileName'], pairedItem])).toEqual([
			['T-118_hard_brake_3328319.html', [{ item: 0 }, { item: 3 }]],
			['T-119_cell_phone_2.html', [{ item: 1 }]],
			['Incident-report_T-118.html', [{ item: 2 }]],
		]);
		expect(run.items.map(({ json }) => [json['pictures'], json['missing']])).toEqual([
			[1, 1],
			[1, 0],
			[1, 0],
		]);
		expect((await shownBy(run)).figures).toEqual([
			'Rear 1 July 2026, 12:00:00–12:00:07',
			'No picture Driver Facing was offline Driver Facing',
		]);
		expect((await shownBy(run, 2)).rows).toEqual({ Vehicle: 'T-118' });
	});

	it('has details and a title of its own', async () => {
		const run = await create(items, {
			...{ event: '={{ $json.event }}', reports: 'event', title: '={{ $json.event?.type }}' },
			details: { row: [{ label: 'Number', value: '={{ $itemIndex + 1 }}' }] },
		});
		const titles = run.items.map(({ json }) => json['title']);
		expect(titles).toEqual(['hard_brake', 'cell_phone', 'Incident report']);
		expect((await shownBy(run, 1)).rows).toMatchObject({ Number: '2' });
	});

	it('is not asked for by default: all go into one, each event on a page of its own', async () => {
		const run = await create(items);
		expect(run.items).toHaveLength(1);
		const { headings, figures } = await shownBy(run);
		expect(headings).toEqual(['Hard Brake · T-118', 'Cell Phone · T-119', 'T-118']);
		expect(figures).toHaveLength(4);
		expect(run.items[0]?.json).toMatchObject({ event: null, fileName: 'Incident-report.html' });
	});

	it('leaves items without an event with the only one there is', async () => {
		const run = await create([items[2] ?? item({}), items[0] ?? item({})]);
		const { headings, figures } = await shownBy(run);
		expect([headings.length, figures.length]).toEqual([0, 2]);
		expect(run.items[0]?.json).toMatchObject({ event: { id: 3328319 }, pictures: 2 });
	});
});

describe('The options', () => {
	it('choose field, file name, map, time zone and form', async () => {
		const options = {
			...{ binaryProperty: 'report', fileName: 'claims/T-118 brake', map: 'openStreetMap' },
			...{ timeZone: 'America/Chicago', form: true },
		};
		const run = await create([item(row)], { event, options });
		expect(run.items[0]?.json).toMatchObject({ fileName: 'claims-T-118 brake.html' });
		const { html, rows, headings } = await shownBy(run, 0, 'report');
		expect(rows['Time']).toBe('1 July 2026, 06:59:41');
		expect(html).toContain('America/Chicago (UTC−5)');
		expect(html).toContain('href="https://www.openstreetmap.org/');
		expect(headings).toEqual(['To fill in']);
	});

	it('take the time zone of the workflow', async () => {
		const run = await createBehind(
			{
				resource: 'vehicle',
				operation: 'get',
				vehicleId: { __rl: true, mode: 'id', value: '1040021' },
			},
			{ event },
			{ timezone: 'Asia/Kolkata' },
		);
		const { html, rows } = await shownBy(run);
		expect(rows['Time']).toBe('1 July 2026, 17:29:41');
		expect(html).toContain('Asia/Kolkata (UTC+5:30)');
		// The vehicle that was read before.
		expect(rows).toHaveProperty('VIN');
	});

	it('add details of any type', async () => {
		const details = {
			row: [
				{ label: 'Claim', value: '={{ 417 }}' },
				{ label: 'Load', value: '={{ ["water", "sand"] }}' },
				{ label: 'Reported', value: '={{ DateTime.fromISO("2026-07-01T12:00:00Z").toUTC() }}' },
				{ label: 'Nothing', value: '={{ null }}' },
			],
		};
		expect((await shownBy(await create([item(row)], { details }))).rows).toEqual({
			...{ Vehicle: 'T-118', Claim: '417', Load: '["water","sand"]' },
			Reported: '2026-07-01T12:00:00.000Z',
		});
	});
});

describe('What cannot be read', () => {
	it.each([
		[{ event: 'a hard brake' }, 'Event must be a JSON object'],
		[{ event: '={{ [1] }}' }, 'Event must be a JSON object'],
		[{ reports: 'each' }, 'Reports must be one of'],
		[{ options: { map: 'paper' } }, 'Map must be one of'],
		[{ options: { timeZone: 'Mars/Olympus' } }, 'Time Zone must be a name such as America/Chicago'],
		[{ options: { form: 'perhaps' } }, 'Add Form to Fill In must be true or false'],
	])('%j is refused by name', async (parameters, message) => {
		const run = await create([item(row)], parameters);
		expect(run.error?.message).toContain(message);
	});

	it.each(['', '{}', '={{ null }}', '={{ undefined }}'])(
		'an event that is %j is none',
		async (empty) => {
			const run = await create([item(row)], { event: empty });
			expect(run.items[0]?.json).toMatchObject({ event: null, pictures: 1 });
		},
	);

	it('leaves no report where it is all there is', async () => {
		const node = { onError: 'continueRegularOutput' as const };
		const run = await create([item(row)], { event: 'a hard brake' }, { node });
		expect(run.items).toEqual([
			{
				json: { error: expect.stringContaining('Event must be') as unknown },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('fails its item alone, and the others make their report', async () => {
		const items = [item(row), item({ ...row, event: 'a hard brake' })];
		const node = { onError: 'continueRegularOutput' as const };
		const run = await create(items, { event: '={{ $json.event }}' }, { node });
		expect(run.items).toMatchObject([
			{
				json: { error: expect.stringContaining('Event must be') as unknown },
				pairedItem: { item: 1 },
			},
			{ json: { pictures: 1 }, pairedItem: [{ item: 0 }] },
		]);
	});
});

it('A report ends with the execution when that is stopped', async () => {
	const large = { data: file('a.jpg', 'image/jpeg', Buffer.alloc(2_000_000)) };
	const items = Array.from({ length: 50 }, () => item(row, large));
	const run = await world.engine.runNode({
		parameters: { resource: 'incidentReport', operation: 'create' },
		items,
		cancelAfter: 0,
	});
	expect(run.status).toBe('canceled');
	expect(run.items).toEqual([]);
});

it('An agent is told that it cannot use reports', async () => {
	const parameters = { resource: 'incidentReport', operation: 'create' };
	await expect(world.engine.runTool({ parameters })).rejects.toThrow(
		/Incident Report → Create makes files, so an agent cannot use it as a tool/,
	);
	expect(world.simulator.received(IMAGE)).toEqual([]);
});
