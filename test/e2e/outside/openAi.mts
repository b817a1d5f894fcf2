import fastify from 'fastify';
import { z } from 'zod';

const message = z.object({ role: z.string(), content: z.unknown() }).passthrough();
const request = z.object({
	model: z.string(),
	response_format: z.unknown(),
	messages: z.array(message),
	tools: z
		.array(
			z.object({
				function: z.object({ name: z.string(), parameters: z.record(z.unknown()) }).passthrough(),
			}),
		)
		.default([]),
});

/** A request to the chat model: the conversation so far, and the tools that it may call. */
export type ChatRequest = z.infer<typeof request>;

/** A reply of the chat model: text, or the call of a tool. */
export type ChatReply = string | { tool: string; input: Record<string, unknown> };

/** What a model was asked, and what it said. */
export interface Exchange {
	at: Date;
	request: ChatRequest;
	reply: ChatReply;
}

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const imagePart = z.object({
	type: z.literal('image_url'),
	image_url: z.object({ url: z.string() }),
});

/** The words of a message, and the addresses of the images in it (mostly `data:`). */
export function readContent(content: unknown): { text: string; images: string[] } {
	if (typeof content === 'string') return { text: content, images: [] };
	const { data = [] } = z.array(z.unknown()).safeParse(content);
	const texts = data.flatMap((part) => textPart.safeParse(part).data?.text ?? []);
	const images = data.flatMap((part) => imagePart.safeParse(part).data?.image_url.url ?? []);
	return { text: texts.join('\n'), images };
}

/** A stand-in for OpenAI's chat completions, whose every reply is somebody else's to decide. */
export interface OpenAi {
	/** Where it listens; it stands for `api.openai.com`. */
	readonly url: string;
	/** The API key that it lets in. */
	readonly apiKey: string;
	/** Decides what it says. */
	reply: (request: ChatRequest) => ChatReply;
	/** All that was said, oldest first. */
	readonly exchanges: Exchange[];
	stop(): Promise<void>;
}

const API_KEY = 'sk-simulated';
/** Room for a request with several pictures in it. */
const MOST_BYTES = 50_000_000;

/** Starts a chat model that has nothing to say yet. */
export async function startOpenAi(): Promise<OpenAi> {
	const server = fastify({ forceCloseConnections: true, bodyLimit: MOST_BYTES });
	const openAi: Omit<OpenAi, 'stop' | 'url'> = { apiKey: API_KEY, reply: () => '', exchanges: [] };
	server.post('/v1/chat/completions', async ({ headers, body }, reply) => {
		if (headers.authorization !== `Bearer ${API_KEY}`)
			return await reply.code(401).send({ error: { message: 'no key' } });
		const asked = request.parse(body);
		const said = openAi.reply(asked);
		const nth = openAi.exchanges.push({ at: new Date(), request: asked, reply: said });
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		const head = {
			id: `chatcmpl-${String(nth)}`,
			object: 'chat.completion',
			created: 1,
			model: asked.model,
		};
		return { ...head, usage, choices: [{ index: 0, ...choice(said, nth) }] };
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return Object.assign(openAi, {
		url,
		stop: async () => {
			await server.close();
		},
	});
}

function choice(said: ChatReply, nth: number): Record<string, unknown> {
	if (typeof said === 'string')
		return { finish_reason: 'stop', message: { role: 'assistant', content: said } };
	const call = { name: said.tool, arguments: JSON.stringify(said.input) };
	const tool_calls = [{ id: `call_${String(nth)}`, type: 'function', function: call }];
	return { finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls } };
}
