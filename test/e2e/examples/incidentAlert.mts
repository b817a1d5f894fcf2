import type { ParsedMail } from 'mailparser';
import { afterEach, expect, it } from 'vitest';
import { failed } from '../../simulator/answers.mts';
import type { Capture } from '../../simulator/captures.mts';
import { safetyEvent } from '../../simulator/events.mts';
import type { SlackFile, SlackMessage } from '../outside/slack.mts';
import { readReport } from './report.mts';
import { fileNameOf, pictureOf, type Changes, type ExampleWorld } from './world.mts';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const POSITIONS = ['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear'];

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
	let eventId = 4_000_000;
	/** An incident of which all pictures came. */
	let complete: Incident;

	/** Publishes the example and has Motive deliver a safety event of each of these vehicles, all in one request. */
	async function deliver(
		vehicles: string[],
		changes: Changes = {},
		eventChanges = {},
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
		const events = vehicles.map((name) =>
			safetyEvent(motive.device(name), { id: ++eventId, ...eventChanges }),
		);
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
			filename: expect.stringMatching(/^incident-\d+\.html$/) as unknown,
		});
		return report.content.toString();
	}

	const threadOf = (alert: SlackMessage | undefined): SlackFile[] =>
		world.outside.slack.files.filter(({ threadTs }) => threadTs === alert?.ts);
	const stored = async (name: string) =>
		await world.outside.storage.read(`incidents/${String(eventId)}/${name}`);

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
			/Hard Brake\* \(high\)\n\*T-118\*, driver Sam Doe\n2 July 2026, \d\d:\d\d:11 \w+, /,
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
				subject: 'Incident: Hard Brake, T-118, Sam Doe',
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
		expect(report.text).toMatch(/Hard Brake\s+HIGH/);
		expect(report.text).toMatch(
			/VEHICLE\s+T-118\s+DRIVER\s+Sam Doe\s+TIME\s+2 July 2026, \d\d:\d\d:11 \w+\s+PLACE\s+San Jose, CA/,
		);
		expect(report.captions).toEqual(
			['Front Facing', 'Driver Facing', 'Side Left', 'Side Right', 'Rear'].map(
				(position) =>
					expect.stringMatching(
						new RegExp(`^${position}, \\d+ \\w+ \\d{4}, [\\d:]{8} \\w+$`),
					) as unknown,
			),
		);

		const [map, ...copies] = report.links;
		expect(map).toBe('https://www.google.com/maps?q=37.41,-121.92');
		const folder = `https://storage.fleet.example/fleet-pictures/incidents/${String(eventId)}/`;
		expect(copies).toEqual(captures.map((capture) => `${folder}${fileNameOf(capture)}`));
	});

	it('makes a report of its own for each of several events that come together', async () => {
		const vehicles = ['T-119', 'T-120'];
		const { captures, alerts, mails } = await deliver(vehicles);
		expect(captures).toHaveLength(10);
		expect(mails.map(({ subject }) => subject)).toEqual(
			vehicles.map((name) => `Incident: Hard Brake, ${name}, Sam Doe`),
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
			type: null,
			current_driver: null,
			driver_id: null,
			location: null,
			start_time: null,
		};
		const { status, alerts, mails } = await deliver(['T-121'], {}, silent);
		expect(status).toBe('success');
		expect(alerts[0]?.text).toMatch(
			/Safety Event\* \(high\)\n\*T-121\*, driver not known\n.+\|not known>/,
		);
		expect(threadOf(alerts[0])).toHaveLength(2);
		expect(mails[0]?.subject).toBe('Incident: Safety Event, T-121, not known');
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
			new RegExp(`^:warning: \\*T-118\\*, Hard Brake \\(event ${String(eventId)}\\): ${reason}`),
		);
		expect(threadOf(alerts[0])).toHaveLength(4);
		const report = await readReport(reportIn(mails[0]));
		expect(report.pictures).toHaveLength(4);
		expect(report.gaps).toEqual([expect.stringMatching(new RegExp(`^${reason}`)) as unknown]);
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
		expect(report.gaps.map((gap) => problems.some((text) => text.endsWith(gap)))).toEqual([
			true,
			true,
			true,
		]);
		expect(report.pagesLetter).toBe(1);
	});

	it('tells about pictures that could not be stored, and mails the report all the same', async () => {
		const { problems, mails } = await deliver(['T-121'], {
			'Store the picture': { bucketName: 'no-such-bucket' },
		});
		expect(problems.map((text) => text.replace(/: [^:]+$/, ''))).toEqual(
			Array(2).fill(`:warning: *T-121*, Hard Brake (event ${String(eventId)})`),
		);
		expect(mails).toHaveLength(1);
	});

	it('keeps the pictures and mails the report when Slack is down, and says so by mail', async () => {
		world.outside.slack.failure = 'internal_error';
		const { status, captures, mails } = await deliver(['T-121']);
		expect(status).toBe('success');
		expect(mails.map(({ subject }) => subject)).toEqual([
			'Incident alert: Slack does not take messages',
			'Incident: Hard Brake, T-121, Sam Doe',
		]);
		expect(mails[0]?.text).toContain('internal_error');
		for (const capture of captures) {
			expect((await stored(fileNameOf(capture))).content).toEqual(await pictureOf(capture));
		}
	});
}
