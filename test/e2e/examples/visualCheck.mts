import { expect, it } from 'vitest';
import { errorOf } from '../../n8n/execution.mts';
import { failed } from '../../simulator/answers.mts';
import type { Capture } from '../../simulator/captures.mts';
import { driverOf } from '../../simulator/drivers.mts';
import { readContent, type ChatReply, type Exchange } from '../outside/openAi.mts';
import type { SlackFile, SlackMessage } from '../outside/slack.mts';
import { pictureOf, type ExampleWorld } from './world.mts';

const START = 'Every morning at six';
const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
/** For one round, on a busy machine. */
const PATIENCE_MS = 120_000;

const says = (finding: string): ChatReply =>
	JSON.stringify({ output: { finding, reason: `I see this: ${finding}.` } });

/** What the model was shown and said, and what came of it. */
interface Check {
	captures: Capture[];
	/** The capture of each question to the model, in their order. */
	shown: Capture[];
	files: SlackFile[];
	messages: SlackMessage[];
}

/** The example `visual-check`. Which picture a question is about is known by its bytes. */
export function visualCheck(world: ExampleWorld): void {
	/** Runs the example once for these vehicles, with a model that gives these replies one after the other. */
	async function run(vehicles: string[], replies: ChatReply[]): Promise<Check> {
		const { motive, slack, openAi } = world.outside;
		openAi.reply = () => replies.shift() ?? '';
		const driverIds = vehicles.map((name) => driverOf(motive.device(name))?.id).join(', ');
		const before = {
			captures: motive.captures.length,
			files: slack.files.length,
			messages: slack.messages.length,
			exchanges: openAi.exchanges.length,
		};
		const workflowId = await world.importExample('visual-check', {
			'All active vehicles': { filters: { status: 'active', driverIds } },
		});
		const execution = await world.client.run(workflowId, START, PATIENCE_MS);
		expect(errorOf(execution)).toBeUndefined();
		const captures = motive.captures.slice(before.captures);
		const exchanges = openAi.exchanges.slice(before.exchanges);
		return {
			captures,
			shown: await Promise.all(exchanges.map(async (each) => await captureIn(each, captures))),
			files: slack.files.slice(before.files),
			messages: slack.messages.slice(before.messages),
		};
	}

	it('shows the picture to those whom it concerns, and says what is wrong', async () => {
		const findings = ['open door', 'nothing wrong', 'blocked camera', 'no seat belt'];
		const vehicles = ['T-118', 'T-119', 'T-120', 'T-121'];
		const { captures, shown, files, messages } = await run(vehicles, findings.map(says));
		expect(captures.map(({ device }) => device.name).sort()).toEqual(vehicles);
		expect(new Set(captures.map(({ position }) => position))).toEqual(new Set(['driver_facing']));
		expect(new Set(shown)).toEqual(new Set(captures));
		const sent = await Promise.all(
			shown.map(async (capture, nth) => ({
				text: `:eyes: *${capture.device.name}*: ${String(findings[nth])}. I see this: ${String(findings[nth])}.`,
				content: await pictureOf(capture),
			})),
		);
		expect(told(files, 'fleet-incidents')).toEqual([sent[0], sent[3]].sort(byText));
		expect(told(files, 'fleet-camera-problems')).toEqual([sent[2]]);
		expect(messages).toEqual([]);
	});

	it('tells which vehicles were not checked, and mixes up no pictures', async () => {
		world.outside.motive.faults.add({ on: POLL, device: 'T-118', answer: failed() });
		const replies = ['I would rather not say.', says('open door')];
		const { shown, files, messages } = await run(['T-118', 'T-119', 'T-120'], replies);
		const [silent, wrong] = shown;
		if (!silent || !wrong) throw new Error('The model was shown too little');
		expect(told(files, 'fleet-incidents')).toMatchObject([
			{
				text: expect.stringContaining(`*${wrong.device.name}*: open door`) as unknown,
				content: await pictureOf(wrong),
			},
		]);
		expect(messages.map(({ channel }) => channel)).toEqual(Array(2).fill('fleet-camera-problems'));
		expect(messages.map(({ text }) => text).sort()).toEqual(
			['T-118', silent.device.name].map(
				(name) =>
					expect.stringMatching(new RegExp(`^:warning: ${name} was not checked: .`)) as unknown,
			),
		);
	});
}

const byText = (one?: { text: string }, other?: { text: string }) =>
	(one?.text ?? '').localeCompare(other?.text ?? '');

function told(files: SlackFile[], wanted: string): Array<Pick<SlackFile, 'content' | 'text'>> {
	return files
		.filter(({ channel }) => channel === wanted)
		.map(({ text, content }) => ({ text, content }))
		.sort(byText);
}

/** The capture whose picture the model was shown, the only one in its question. */
async function captureIn({ request }: Exchange, captures: Capture[]): Promise<Capture> {
	const images = request.messages.flatMap(({ content }) => readContent(content).images);
	expect(images).toHaveLength(1);
	for (const capture of captures) {
		const picture = (await pictureOf(capture)).toString('base64');
		if (images[0] === `data:image/jpeg;base64,${picture}`) return capture;
	}
	throw new Error('The model was shown a picture that no camera took');
}
