import { expect, it } from 'vitest';
import { errorOf } from '../../n8n/execution.mts';
import { failed } from '../../simulator/answers.mts';
import type { Capture } from '../../simulator/captures.mts';
import { driverOf } from '../../simulator/drivers.mts';
import type { SlackMessage } from '../outside/slack.mts';
import { fileNameOf, pictureOf, type Changes, type ExampleWorld } from './world.mts';

const START = 'Every morning at six';
/** For one round, on a busy machine. */
const PATIENCE_MS = 120_000;
const POLL = 'GET /v1/image_captures/:camera_type/:request_id';

/** The example `fleet-photo-round`. */
export function fleetPhotoRound(world: ExampleWorld): void {
	/** Runs the example once: what it started, said and stored. */
	async function run(
		changes: Changes = {},
	): Promise<{ captures: Capture[]; messages: SlackMessage[]; stored: string[] }> {
		const { motive, slack, storage } = world.outside;
		const [captures, messages, files] = [
			motive.captures.length,
			slack.messages.length,
			await storage.names(),
		];
		const execution = await world.client.run(
			await world.importExample('fleet-photo-round', changes),
			START,
			PATIENCE_MS,
		);
		expect(errorOf(execution)).toBeUndefined();
		return {
			captures: motive.captures.slice(captures),
			messages: slack.messages.slice(messages),
			stored: (await storage.names()).filter((name) => !files.includes(name)),
		};
	}

	async function expectStored(names: string[], captures: Capture[]): Promise<void> {
		expect(names.map((name) => name.replace(/^rounds\/\d{4}-\d\d-\d\d\//, ''))).toEqual(
			captures.map(fileNameOf).sort(),
		);
		for (const capture of captures) {
			const name = names.find((each) => each.endsWith(`/${fileNameOf(capture)}`)) ?? '';
			expect(await world.outside.storage.read(name)).toEqual({
				type: 'image/jpeg',
				content: await pictureOf(capture),
			});
		}
	}

	/** Has the round visit these vehicles alone. */
	function only(...names: string[]): Changes {
		const ids = names.map((name) => driverOf(world.outside.motive.device(name))?.id);
		return { 'All active vehicles': { filters: { status: 'active', driverIds: ids.join(', ') } } };
	}

	it('stores a picture of each active vehicle and lists the cameras that gave none', async () => {
		world.outside.motive.faults.add({ on: POLL, device: 'T-122', answer: failed() });
		const { captures, messages, stored } = await run();
		const silent = captures.find(({ device }) => device.name === 'T-122');
		const answered = captures.filter((capture) => capture !== silent);
		expect(answered.map(({ device }) => device.name).sort()).toEqual([
			'T-118',
			'T-119',
			'T-120',
			'T-121',
			'T-123',
			'T-124',
			'VAN 7',
			'Yard/Mule #3',
		]);
		await expectStored(stored, answered);
		expect(messages.map(({ channel }) => channel)).toEqual(['fleet-photos']);
		const [head, ...lines] = messages[0]?.text.split('\n') ?? [];
		expect(head).toMatch(/: 8 stored in rounds\/\d{4}-\d\d-\d\d, no picture from 3:$/);
		expect(lines).toEqual([
			expect.stringMatching(
				new RegExp(
					`^• T-122: Motive could not take the picture .*\\b${String(silent?.requestId)}\\b`,
				),
			) as unknown,
			expect.stringMatching(/^• T-125: ./) as unknown,
			expect.stringMatching(/^• T-126: ./) as unknown,
		]);
	});

	it('says so when every camera answered', async () => {
		const { captures, messages, stored } = await run(only('T-118', 'T-119'));
		await expectStored(stored, captures);
		expect(messages).toMatchObject([
			{
				channel: 'fleet-photos',
				text: expect.stringMatching(
					/: 2 stored in rounds\/.*, every camera answered\.$/,
				) as unknown,
			},
		]);
	});

	it('sums up a round in which no camera answered', async () => {
		for (const device of ['T-118', 'T-119'])
			world.outside.motive.faults.add({ on: POLL, device, answer: failed() });
		const { messages, stored } = await run(only('T-118', 'T-119'));
		expect(stored).toEqual([]);
		expect(messages).toHaveLength(1);
		expect(messages[0]?.text).toMatch(
			/: 0 stored in .*, no picture from 2:\n• T-118: .+\n• T-119: .+$/,
		);
	});

	it('lists pictures that could not be stored', async () => {
		const { messages } = await run({
			...only('T-118'),
			'Store the picture': { bucketName: 'no-such-bucket' },
		});
		expect(messages[0]?.text).toMatch(/: 0 stored in .*, no picture from 1:\n• T-118: ./);
	});
}
