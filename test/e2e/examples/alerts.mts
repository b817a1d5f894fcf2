import { afterEach, expect, it } from 'vitest';
import { pictureOf, type ExampleWorld } from './world.mts';

const LIST = 'GET /v2/driver_performance_events';

/** n8n takes no Poll Time more often than once a minute, but several of them. */
const POLL_TIMES = {
	item: [0, 20, 40].map((second) => ({
		mode: 'custom',
		cronExpression: `${String(second)} * * * * *`,
	})),
};
const NEXT_POLL = { timeout: 60_000, interval: 200 };

/** What happens: a hard brake, which its filters let through. */
const EVENT = {
	device: 'T-119',
	fields: { location: 'San Jose, CA', lat: 37.41, lon: -121.92 },
};

/** Unpublishes what a test has published. */
function publishing(world: ExampleWorld): { publish: (workflowId: string) => Promise<void> } {
	let published: string | undefined;
	afterEach(async () => {
		if (published !== undefined) await world.client.deactivate(published);
		published = undefined;
	});
	return {
		publish: async (workflowId) => {
			published = workflowId;
			await world.client.activate(workflowId);
		},
	};
}

/** One picture of the road in the channel, with the facts as its comment. */
async function expectAlert({ outside }: ExampleWorld, filesBefore: number): Promise<void> {
	const [file, ...others] = outside.slack.files.slice(filesBefore);
	const capture = outside.motive.captures.at(-1);
	if (!capture || !file) throw new Error('There is no picture');
	expect(others).toEqual([]);
	expect(capture).toMatchObject({ position: 'front_facing', device: { name: 'T-119' } });
	expect(file).toMatchObject({ channel: 'fleet-incidents', content: await pictureOf(capture) });
	expect(file.text).toMatch(
		/Hard Brake\* \(high\)\n\*T-119\*, driver [\w ]+\n\d+ \w+ \d{4}, [\d:]{8} \w+, /,
	);
	expect(file.text).toContain('<https://www.google.com/maps?q=37.41,-121.92|San Jose, CA>');
}

/** The example `alert-with-pictures`, triggered by a signed delivery. */
export function alertWithPictures(world: ExampleWorld): void {
	const { publish } = publishing(world);

	it('shows in Slack what is in front of a truck that braked hard', async () => {
		const { motive, slack } = world.outside;
		const files = slack.files.length;
		const workflowId = await world.importExample('alert-with-pictures');
		await publish(workflowId);
		const webhook = motive.webhooks.all.at(-1);
		if (!webhook) throw new Error('The example registered no webhook');
		const event = await motive.events.payload(motive.events.happen(EVENT));
		await motive.webhooks.deliver(webhook, event);
		expect((await world.ended(workflowId)).status).toBe('success');
		await expectAlert(world, files);
	});
}

/** The example `alert-without-webhook`, which asks for itself. */
export function alertWithoutWebhook(world: ExampleWorld): void {
	const { publish } = publishing(world);

	it('does the same with the newest event where somebody tries it out', async () => {
		const { motive, slack } = world.outside;
		const files = slack.files.length;
		motive.events.happen(EVENT);
		const workflowId = await world.importExample('alert-without-webhook');
		const { status } = await world.client.run(workflowId, 'Safety event');
		expect(status).toBe('success');
		await expectAlert(world, files);
	});

	it('does the same with an event that a poll finds', async () => {
		const { motive, slack } = world.outside;
		const files = slack.files.length;
		const polls = () => motive.received(LIST).length;
		const before = polls();
		const workflowId = await world.importExample('alert-without-webhook', {
			'Safety event': { pollTimes: POLL_TIMES },
		});
		await publish(workflowId);
		await expect.poll(polls, NEXT_POLL).toBeGreaterThan(before);
		motive.events.happen(EVENT);
		expect((await world.ended(workflowId)).status).toBe('success');
		await expectAlert(world, files);
	});
}
