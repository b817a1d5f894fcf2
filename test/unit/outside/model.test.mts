import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { simpleModel } from '../../e2e/outside/model.mts';
import type { ChatRequest } from '../../e2e/outside/openAi.mts';

const tool = (name: string, ...fields: string[]): ChatRequest['tools'][number] => ({
	function: {
		name,
		parameters: {
			type: 'object',
			properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])),
		},
	},
});
const tools = [tool('List_vehicles'), tool('Take_a_picture', 'vehicle_number', 'positions')];

const asked = (content: unknown, changes: Partial<ChatRequest> = {}): ChatRequest => ({
	...{ model: 'any', response_format: undefined, tools: [], ...changes },
	messages: [{ role: 'user', content }],
});
const heard = (content: string): ChatRequest => ({
	...asked('', { tools }),
	messages: [{ role: 'tool', content }],
});

const verdict = {
	type: 'object',
	properties: {
		finding: { type: 'string', enum: ['ok', 'door open'] },
		isSure: { type: 'boolean' },
		count: { type: 'integer' },
		notes: { type: 'array', items: { type: 'string' } },
	},
};
const filledIn = (finding: string, isSure: boolean, count: number) => ({
	...{ finding, isSure, count },
	notes: ['Said by a simple model that has looked at nothing.'],
});

describe('the simple model', () => {
	it.each([
		['What does T-118 see right now?', 'T-118', 'front_facing'],
		['What is behind VAN 7?', 'VAN 7', 'rear'],
		['Show me the driver of T-119', 'T-119', 'driver_facing'],
		['What is to the right of T-119?', 'T-119', 'side_right'],
	])('has the tool look: %s', (question, vehicle_number, positions) => {
		expect(simpleModel()(asked(question, { tools }))).toEqual({
			tool: 'Take_a_picture',
			input: { vehicle_number, positions },
		});
	});

	it('asks the tool without input when there is no truck in the question', () => {
		expect(simpleModel()(asked('Which trucks do we have?', { tools }))).toEqual({
			tool: 'List_vehicles',
			input: {},
		});
	});

	it('passes on what the tool said, with the picture', () => {
		const model = simpleModel();
		expect(model(heard('[{"url":"https://host/a.jpg?X=1"}]'))).toBe(
			'Here it is: ![Picture](https://host/a.jpg?X=1)',
		);
		expect(model(heard('No such truck'))).toBe('This is what I found: No such truck');
	});

	it('fills in a form that is a setting, with other choices each time', () => {
		const model = simpleModel();
		const request = asked('Look', { response_format: { json_schema: { schema: verdict } } });
		const replies = [model(request), model(request)].map((reply): unknown =>
			JSON.parse(
				z
					.string()
					.parse(reply)
					.replaceAll(/```(json)?/g, ''),
			),
		);
		expect(replies).toEqual([filledIn('ok', false, 0), filledIn('door open', true, 1)]);
	});

	it('fills in a form that the words describe, next to a picture', () => {
		const content = [
			{ type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AA==' } },
			{
				type: 'text',
				text: `Not this: \`\`\`json {"a": \`\`\`. \`\`\`json\n${JSON.stringify(verdict)}\n\`\`\``,
			},
		];
		expect(simpleModel()(asked(content))).toContain('"finding":"ok"');
	});

	it('fills in a form that is a tool, after the other tools', () => {
		const form = { function: { name: 'format_final_json_response', parameters: verdict } };
		const model = simpleModel();
		expect(model(asked('T-118?', { tools: [form, ...tools] }))).toMatchObject({
			tool: 'Take_a_picture',
		});
		expect(model({ ...heard('done'), tools: [form, ...tools] })).toEqual({
			tool: 'format_final_json_response',
			input: filledIn('ok', false, 0),
		});
	});

	it('says that it has nothing to say', () => {
		expect(simpleModel()(asked('Hello'))).toContain('nothing to say');
	});
});
