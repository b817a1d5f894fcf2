import type { ParsedMail } from 'mailparser';
import { afterEach, expect, it } from 'vitest';
import { failed } from '../../simulator/answers.mts';
import type { Capture } from '../../simulator/captures.mts';
import { driverOf as userOf } from '../../simulator/drivers.mts';
import type { EventWish } from '../../simulator/happenings.mts';
import type { SlackFile, SlackMessage } from '../outside/slack.mts';
import { readReport } from './report.mts';
import { fileNameOf, pictureOf, type Changes, type ExampleWorld } from './world.mts';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const LIST = 'GET /v2/driver_performance_events';
const POSITIONS = ['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear'];

/** Where the events happen. */
const PLACE = { location: 'San Jose, CA', lat: 37.41, lon: -121.92 };

/** Everything that came of one delivery. */
interface Incident {
	/** How the execution ended. */
	status: string;
	captures: Capture[];
	/** In the channel of the dispatchers. */
	alerts: SlackMessage[];
	/** In the channel for problems. */
	problems: string[];
	mails: ParsedMail[];
}

/** The example `incident-alert`, triggered by signed deliveries. */
export function incidentAlert(world: ExampleWorld): void {
	let workflowId: string | undefined;
	let eventIds: number[] = [];
	/** An incident of which all pictures came. */
	let complete: Incident;

	/**
	 * Publishes the example, lets each of these vehicles brake hard, and has Motive deliver that in one request.
	 *
	 * @param deal with the events before they are delivered
	 */
	async function deliver(
		vehicles: string[],
		changes: Changes = {},
		fields: EventWish['fields'] = PLACE,
		deal: (ids: number[]) => void = () => undefined,
	): Promise<Incident> {
		const { motive, slack, mailbox } = world.outside;
		const [captures, messages, mails] = [
			motive.captures.length,
			slack.messages.length,
			mailbox.mails.length,
		];
		workflowId = await world.importExample('incident-alert', changes);
		await world.client.activate(workflowId);
		const webhook = motive.webhooks.all.at(-1);
		if (!webhook) throw new Error('The example registered no webhook');
		eventIds = vehicles.map((device) => motive.events.happen({ device, fields }));
		const events = await Promise.all(eventIds.map(async (id) => await motive.events.payload(id)));
		deal(eventIds);
		expect(
			(await motive.webhooks.deliver(webhook, events.length === 1 ? events[0] : events)).status,
		).toBe(200);
		const { status } = await world.ended(workflowId);
		const sent = slack.messages.slice(messages);
		return {
			status,
			captures: motive.captures.slice(captures),
			alerts: sent.filter(({ channel }) => channel === 'fleet-incidents'),
			problems: sent
				.filter(({ channel }) => channel === 'fleet-camera-problems')
				.map(({ text }) => text),
			mails: mailbox.mails.slice(mails),
		};
	}

	function reportIn(mail: ParsedMail | undefined): string {
		const [report, ...others] = mail?.attachments ?? [];
		if (!report || others.length > 0) throw new Error('The mail should have one attachment');
		expect(report).toMatchObject({
			contentType: 'text/html',
			filename: expect.stringMatching(/^[\w-]+_\d+\.html$/) as unknown,
		});
		return report.content.toString();
	}

	function driverOf(vehicle: string): string {
		const { first_name, last_name } = userOf(world.outside.motive.device(vehicle)) ?? {};
		return `${String(first_name)} ${String(last_name)}`;
	}

	const reasonIn = (gap: string): string => gap.replace(/^No picture\s+/, '');
	const threadOf = (alert: SlackMessage | undefined): SlackFile[] =>
		world.outside.slack.files.filter(({ threadTs }) => threadTs === alert?.ts);
	const stored = async (name: string) =>
		await world.outside.storage.read(`incidents/${String(eventIds[0])}/${name}`);

	afterEach(async () => {
		if (workflowId !== undefined) await world.client.deactivate(workflowId);
		workflowId = undefined;
	});

	it('brings the pictures of all cameras to Slack, into the storage and into the report, byte for byte', async () => {
		complete = await deliver(['T-118']);
		const { status, captures, alerts, problems, mails } = complete;
		expect(status).toBe('success');
		expect(problems).toEqual([]);
		expect(captures.map(({ device, position }) => [device.name, position])).toEqual(
			POSITIONS.map((each) => ['T-118', each]),
		);

		const [alert] = alerts;
		expect(alerts).toHaveLength(1);
		expect(alert?.text).toMatch(
			/Hard Brake\* \(high\)\n\*T-118\*, driver Sam Doe\n\d+ \w+ \d{4}, [\d:]{8} \w+, /,
		);
		expect(alert?.text).toContain('<https://www.google.com/maps?q=37.41,-121.92|San Jose, CA>');

		const thread = threadOf(alert);
		expect(thread.map(({ channel, name }) => [channel, name])).toEqual(
			captures.map((capture) => ['fleet-incidents', fileNameOf(capture)]),
		);
		const report = reportIn(mails[0]);
		for (const [index, capture] of captures.entries()) {
			const content = await pictureOf(capture);
			expect(thread[index]?.content).toEqual(content);
			expect(await stored(fileNameOf(capture))).toEqual({ type: 'image/jpeg', content });
			expect(report).toContain(content.toString('base64'));
		}
		expect(mails).toMatchObject([
			{
				subject: 'Incident: Hard Brake, T-118, driver Sam Doe',
				from: { text: 'n8n@fleet.example' },
				to: { text: 'safety@fleet.example' },
				text: expect.stringContaining('Vehicle: T-118\nDriver: Sam Doe\n') as unknown,
			},
		]);
	});

	it('writes a report that stands alone, on one page, with links that last', async () => {
		const { captures, mails } = complete;
		const report = await readReport(reportIn(mails[0]), 'example-incident-report');
		expect(report.requests).toEqual([]);
		expect(report.pictures).toEqual(captures.map(() => ({ width: 1280, height: 720 })));
		expect([report.pagesA4, report.pagesLetter]).toEqual([1, 1]);
		expect(report.complaints).toEqual([]);
		expect(report.text).toMatch(
			/Type\s+Hard Brake\s+Severity\s+High\s+Time\s+.+\s+Vehicle\s+T-118\s+Driver\s+Sam Doe\s+Place\s+San Jose, CA/,
		);
		expect(report.captions).toEqual(
			['Front Facing', 'Driver Facing', 'Side Left', 'Side Right', 'Rear'].map(
				(position) =>
					expect.stringMatching(
						new RegExp(`^${position}\\n\\d+ \\w+ \\d{4}, [\\d:]{8}–[\\d:]{8}$`),
					) as unknown,
			),
		);
		expect(report.links).toEqual(['https://www.google.com/maps/search/?api=1&query=37.41,-121.92']);
	});

	it('makes a report of its own for each of several events that come together', async () => {
		const vehicles = ['T-119', 'T-120'];
		const { captures, alerts, mails } = await deliver(vehicles);
		expect(captures).toHaveLength(10);
		expect(mails.map(({ subject }) => subject)).toEqual(
			vehicles.map((name) => `Incident: Hard Brake, ${name}, driver ${driverOf(name)}`),
		);
		for (const [index, vehicle] of vehicles.entries()) {
			const own = captures.filter(({ device }) => device.name === vehicle);
			expect(threadOf(alerts[index]).map(({ name }) => name)).toEqual(own.map(fileNameOf));
			const report = reportIn(mails[index]);
			const shown = await Promise.all(
				captures.map(async (each) => report.includes((await pictureOf(each)).toString('base64'))),
			);
			expect(captures.filter((_, nth) => shown[nth])).toEqual(own);
		}
	});

	it('calls what Motive says nothing about not known', async () => {
		const silent = {
			...{ type: null, driver: null, location: null, start_time: null },
			metadata: { severity: 'high' },
		};
		const { status, alerts, mails } = await deliver(['T-121'], {}, silent);
		expect(status).toBe('success');
		expect(alerts[0]?.text).toMatch(
			/Safety Event\* \(high\)\n\*T-121\*, driver not known\n.+\|place not known>/,
		);
		expect(threadOf(alerts[0])).toHaveLength(2);
		expect(mails[0]?.subject).toBe('Incident: Safety Event, T-121, driver not known');
	});

	it('tells about a camera that failed, and leaves a gap in the report', async () => {
		world.outside.motive.faults.add({
			on: POLL,
			device: 'T-118',
			position: 'rear',
			answer: failed(),
		});
		const { status, captures, alerts, problems, mails } = await deliver(['T-118']);
		const requestId = String(captures.find(({ position }) => position === 'rear')?.requestId);
		expect(status).toBe('success');
		expect(problems).toHaveLength(1);
		const reason = `Motive could not take the picture .*\\b${requestId}\\b`;
		expect(problems[0]).toMatch(
			new RegExp(
				`^:warning: \\*T-118\\*, Hard Brake \\(event ${String(eventIds[0])}\\): ${reason}`,
			),
		);
		expect(threadOf(alerts[0])).toHaveLength(4);
		const report = await readReport(reportIn(mails[0]));
		expect(report.pictures).toHaveLength(4);
		expect(report.gaps.map(reasonIn)).toEqual([
			expect.stringMatching(new RegExp(`^${reason}`)) as unknown,
		]);
		expect(report.pagesLetter).toBe(1);
	});

	it('reports a vehicle that is out of reach all the same', async () => {
		world.outside.motive.setLatency({ kind: 'never' }, 'T-125');
		// The file waits three minutes.
		const impatient = { 'Take the pictures': { options: { includeUrl: false, timeout: 8 } } };
		const { status, captures, problems, mails } = await deliver(['T-125'], impatient);
		world.outside.motive.setLatency(world.usualLatency, 'T-125');
		expect(status).toBe('success');
		expect(captures).toHaveLength(3);
		expect(problems).toEqual(
			captures.map(
				({ requestId }) =>
					expect.stringMatching(new RegExp(`: .*\\b${String(requestId)}\\b`)) as unknown,
			),
		);
		const report = await readReport(reportIn(mails[0]));
		expect(report.pictures).toEqual([]);
		expect(report.gaps.map((gap) => problems.some((text) => text.endsWith(reasonIn(gap))))).toEqual(
			[true, true, true],
		);
		expect(report.pagesLetter).toBe(1);
	});

	it('tells about pictures that could not be stored, and mails the report all the same', async () => {
		const { problems, mails } = await deliver(['T-121'], {
			'Store the picture': { bucketName: 'no-such-bucket' },
		});
		expect(problems.map((text) => text.replace(/: [^:]+$/, ''))).toEqual(
			Array(2).fill(`:warning: *T-121*, Hard Brake (event ${String(eventIds[0])})`),
		);
		expect(mails).toHaveLength(1);
	});

	it('mails the report and keeps the pictures when Slack is down, and fails', async () => {
		world.outside.slack.failure = 'internal_error';
		const { status, captures, mails } = await deliver(['T-121']);
		expect(status).toBe('error');
		expect(mails.map(({ subject }) => subject)).toEqual([
			`Incident: Hard Brake, T-121, driver ${driverOf('T-121')}`,
		]);
		for (const capture of captures) {
			expect((await stored(fileNameOf(capture))).content).toEqual(await pictureOf(capture));
		}
	});

	it('does nothing about an event that Motive has taken back by then', async () => {
		const withdraw = ([id = 0]: number[]) => {
			world.outside.motive.events.withdraw(id);
		};
		const { status, captures, alerts, problems, mails } = await deliver(
			['T-119'],
			{},
			PLACE,
			withdraw,
		);
		expect(status).toBe('success');
		expect([captures, alerts, problems, mails]).toEqual([[], [], [], []]);
	});

	it('alerts where Motive cannot say whether the event still stands', async () => {
		world.outside.motive.faults.add({ on: LIST, answer: { status: 403 } });
		const { status, alerts } = await deliver(['T-121']);
		expect(status).toBe('success');
		expect(alerts).toHaveLength(1);
		expect(threadOf(alerts[0])).toHaveLength(2);
	});

	it('runs by hand with what is pinned, before anything is published', async () => {
		const { motive, mailbox } = world.outside;
		const [captures, mails] = [motive.captures.length, mailbox.mails.length];
		const execution = await world.client.run(
			await world.importExample('incident-alert'),
			'Safety event',
		);
		expect(execution.status).toBe('success');
		expect(motive.captures).toHaveLength(captures + POSITIONS.length);
		expect(mailbox.mails).toHaveLength(mails + 1);
	});
}
