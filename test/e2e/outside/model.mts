import { z } from 'zod';
import { readContent, type ChatReply, type ChatRequest } from './openAi.mts';

type Tool = ChatRequest['tools'][number]['function'];

/** The parts of JSON Schema in which tools and answers are described. */
interface Schema {
	type?: string | undefined;
	enum?: unknown[] | undefined;
	properties?: Record<string, Schema> | undefined;
	items?: Schema | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
	z.object({
		type: z.string().optional(),
		enum: z.array(z.unknown()).optional(),
		properties: z.record(schema).optional(),
		items: schema.optional(),
	}),
);
const wantedFormat = z.object({ json_schema: z.object({ schema }) });

/** The tool with which n8n's agent takes an answer in a fixed form. */
const ANSWER_TOOL = /^format_/;

/**
 * Says what a chat model would, as far as the examples need it: it has a tool take a picture of the truck that it is
 * asked about, passes on what the tool said, and fills in forms. It looks at no picture: from one form to the next it
 * changes its mind, so that every branch behind it has its turn.
 */
export function simpleModel(): (request: ChatRequest) => ChatReply {
	let forms = 0;
	return (request) => {
		const tools = request.tools.map(({ function: tool }) => tool);
		const answerTool = tools.find(({ name }) => ANSWER_TOOL.test(name));
		const last = request.messages.at(-1);
		const { text } = readContent(last?.content);
		const call = last?.role === 'tool' ? undefined : callOf(tools, text);
		if (call) return call;
		if (answerTool) {
			const input = fill(schema.parse(answerTool.parameters), forms++);
			return { tool: answerTool.name, input: z.record(z.unknown()).parse(input) };
		}
		const form = formIn(request);
		if (form) return `\`\`\`json\n${JSON.stringify(fill(form, forms++))}\n\`\`\``;
		return last?.role === 'tool' ? passOn(text) : 'I am a simple model, and have nothing to say.';
	};
}

/** Calls the tool that takes the truck in the question, or, if there is none in it, one that takes no truck. */
function callOf(tools: readonly Tool[], question: string): ChatReply | undefined {
	const truck = /\b[A-Z]+[- ]?\d+\b/.exec(question)?.[0];
	const tool = tools
		.filter(({ name }) => !ANSWER_TOOL.test(name))
		.find((each) => fieldsOf(each).some(isTruck) === (truck !== undefined));
	if (!tool) return undefined;
	const input = fieldsOf(tool).flatMap((name): Array<[string, string]> => {
		if (isTruck(name)) return [[name, truck ?? '']];
		return isCamera(name) ? [[name, positionIn(question)]] : [];
	});
	return { tool: tool.name, input: Object.fromEntries(input) };
}

const fieldsOf = ({ parameters }: Tool): string[] =>
	Object.keys(schema.parse(parameters).properties ?? {});
const isTruck = (field: string): boolean => /vehicle|truck/i.test(field);
const isCamera = (field: string): boolean => /position|camera/i.test(field);

/** Words of a question that name a camera. */
const POSITIONS: ReadonlyArray<[RegExp, string]> = [
	[/behind|rear|back/i, 'rear'],
	[/driver|cab/i, 'driver_facing'],
	[/left/i, 'side_left'],
	[/right(?! now)/i, 'side_right'],
];

function positionIn(question: string): string {
	return POSITIONS.find(([words]) => words.test(question))?.[1] ?? 'front_facing';
}

function passOn(heard: string): string {
	const link = /https?:[^"\s]+/.exec(heard)?.[0];
	return link === undefined ? `This is what I found: ${heard}` : `Here it is: ![Picture](${link})`;
}

/** The form that an answer should have: as a setting of the request, or described in a message. */
function formIn({ response_format, messages }: ChatRequest): Schema | undefined {
	const set = wantedFormat.safeParse(response_format).data?.json_schema.schema;
	const words = messages.map(({ content }) => readContent(content).text).join('\n');
	const described = words.split('```').filter((part) => part.startsWith('json'));
	return set ?? schema.safeParse(parseJson(described.at(-1)?.slice('json'.length))).data;
}

/** What is no JSON describes no form. */
function parseJson(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Fills in a form, the `nth` one: choices are gone through in turn. */
function fill({ enum: choices, properties, items, type }: Schema, nth: number): unknown {
	if (choices) return choices[nth % choices.length];
	if (properties)
		return Object.fromEntries(
			Object.entries(properties).map(([name, part]) => [name, fill(part, nth)]),
		);
	switch (type) {
		case 'array':
			return items ? [fill(items, nth)] : [];
		case 'boolean':
			return nth % 2 === 1;
		case 'number':
		case 'integer':
			return nth % 2;
		default:
			return 'Said by a simple model that has looked at nothing.';
	}
}
