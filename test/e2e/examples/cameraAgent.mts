import axios from 'axios';
import { beforeEach, expect, it } from 'vitest';
import { outputOf } from '../../n8n/execution.mts';
import { failed } from '../../simulator/answers.mts';
import type { Capture } from '../../simulator/captures.mts';
import type { ChatReply } from '../outside/openAi.mts';
import { pictureOf, type ExampleWorld } from './world.mts';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const CHAT = 'Chat';
const AGENT = "Dispatcher's assistant";

/** The example `camera-agent`, with a chat model that first calls the tool the test names, and then repeats the answer. */
export function cameraAgent(world: ExampleWorld): void {
	let calls: ChatReply[];
	beforeEach(() => {
		calls = [];
		world.outside.openAi.reply = ({ messages }) =>
			calls.shift() ?? `I heard: ${String(messages.at(-1)?.content)}`;
	});

	async function ask(question: string, ...replies: ChatReply[]): Promise<string> {
		calls.push(...replies);
		const execution = await world.client.chat(
			await world.importExample('camera-agent'),
			CHAT,
			question,
		);
		return String(outputOf(execution, AGENT)[0]?.json['output']);
	}

	function lastCapture(): Capture {
		const capture = world.outside.motive.captures.at(-1);
		if (!capture) throw new Error('Motive started nothing');
		return capture;
	}

	it('takes a picture and answers with a link that leads to it', async () => {
		const call = { tool: 'Take_a_picture', input: { vehicle_number: 'T-118', positions: 'rear' } };
		const answer = await ask('What is behind T-118?', call);
		expect(lastCapture()).toMatchObject({ position: 'rear', device: { name: 'T-118' } });
		const link = new URL(/https:[^"]+/.exec(answer)?.[0] ?? '');
		expect(link.host).toBe('s3.us-east-1.amazonaws.com');
		const address = `${world.outside.motive.imageUrl}${link.pathname}${link.search}`;
		const { data } = await axios.get<Buffer>(address, {
			responseType: 'arraybuffer',
			proxy: false,
		});
		expect(data).toEqual(await pictureOf(lastCapture()));
	});

	it('looks at the road when no camera is named', async () => {
		await ask('What does T-119 see?', {
			tool: 'Take_a_picture',
			input: { vehicle_number: 'T-119' },
		});
		expect(lastCapture()).toMatchObject({ position: 'front_facing', device: { name: 'T-119' } });
	});

	it('knows the vehicles and who drives them', async () => {
		const answer = await ask('Who drives T-118?', { tool: 'List_vehicles', input: {} });
		expect(answer).toMatch(/"number":"T-118".*"driver_name":"Sam Doe"/);
		expect(answer).not.toContain('T-127');
	});

	it('is told why there is no picture, with the request ID', async () => {
		world.outside.motive.faults.add({ on: POLL, answer: failed() });
		const answer = await ask('What does T-120 see?', {
			tool: 'Take_a_picture',
			input: { vehicle_number: 'T-120' },
		});
		expect(answer).toMatch(
			new RegExp(`Motive could not take the picture .*\\b${String(lastCapture().requestId)}\\b`),
		);
	});

	it('tells a channel of its own when the chat model cannot be used, and says sorry', async () => {
		const wrong = await world.client.createCredential('Wrong key', 'openAiApi', {
			apiKey: 'sk-wrong',
		});
		const workflowId = await world.importExample('camera-agent', {}, [wrong]);
		const execution = await world.client.chat(workflowId, CHAT, 'Is anybody there?');
		expect(world.outside.slack.messages.at(-1)).toMatchObject({
			channel: 'fleet-camera-problems',
			text: expect.stringMatching(/could not answer “Is anybody there\?”: ./) as unknown,
		});
		expect(outputOf(execution, 'Say sorry')[0]?.json['output']).toMatch(/^Sorry/);
	});
}
