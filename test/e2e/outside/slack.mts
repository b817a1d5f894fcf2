import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { z } from 'zod';

/** A message in a channel. */
export interface SlackMessage {
	/** Name of the channel. */
	channel: string;
	/** When it came (Unix seconds), which is its id within the channel. */
	ts: string;
	/** Of a file, the comment that it was sent with. */
	text: string;
	/** The message that it answers. */
	threadTs?: string | undefined;
}

/** A file in a channel. */
export interface SlackFile extends SlackMessage {
	name: string;
	title: string;
	content: Buffer;
}

/** A stand-in for Slack's API, as far as n8n's Slack node calls it to send messages and files. */
export interface Slack {
	/** Where it listens; it stands for `slack.com` and `files.slack.com`. */
	readonly url: string;
	/** The bot token that it lets in. */
	readonly token: string;
	readonly messages: SlackMessage[];
	readonly files: SlackFile[];
	/** When set, Slack answers every call with this error. */
	failure: string | undefined;
	stop(): Promise<void>;
}

const TOKEN = 'xoxb-simulated-bot-token';

const message = z.object({
	channel: z.string(),
	text: z.string(),
	thread_ts: z.string().optional(),
});
const announcement = z.object({ filename: z.string(), length: z.coerce.number() });
const completion = z.object({
	channel_id: z.string(),
	thread_ts: z.string().optional(),
	initial_comment: z.string().default(''),
	files: z.tuple([z.object({ id: z.string(), title: z.string() })]),
});

/** An upload from its announcement to its end. */
interface Upload {
	name: string;
	length: number;
	content?: Buffer;
}

/**
 * Starts a Slack with these channels, by name without the `#`. Like the real one, it takes names for messages but only
 * ids for files, and refuses a file whose length is not the announced one.
 */
export async function startSlack(channels: readonly string[]): Promise<Slack> {
	const server = fastify({ forceCloseConnections: true });
	const uploads = new Map<string, Upload>();
	const slack = { token: TOKEN, messages: [], files: [], failure: undefined } as Omit<
		Slack,
		'stop' | 'url'
	>;

	const idOf = (channel: string) => `C0${channel.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
	const nameOf = (channel: string) =>
		channels.find((name) => [idOf(name), name, `#${name}`].includes(channel));
	const refusal = (error: string) => ({ ok: false, error });
	let count = 0;
	const nextTs = () =>
		`${String(Math.floor(Date.now() / 1000))}.${String(++count).padStart(6, '0')}`;

	await server.register(multipart, { limits: { fileSize: 50_000_000 } });
	server.addHook('preHandler', async (request, reply) => {
		if (request.headers.authorization !== `Bearer ${TOKEN}`)
			return await reply.send(refusal('invalid_auth'));
		if (slack.failure !== undefined) return await reply.send(refusal(slack.failure));
	});

	server.post('/api/chat.postMessage', (request) => {
		const { channel, text, thread_ts: threadTs } = message.parse(request.body);
		const name = nameOf(channel);
		if (name === undefined) return refusal('channel_not_found');
		const ts = nextTs();
		slack.messages.push({ channel: name, ts, text, threadTs });
		return { ok: true, channel: idOf(name), ts, message: { type: 'message', text, ts } };
	});
	server.get('/api/files.getUploadURLExternal', (request) => {
		const { filename: name, length } = announcement.parse(request.query);
		const id = `F0${String(uploads.size + 1).padStart(6, '0')}`;
		uploads.set(id, { name, length });
		return { ok: true, upload_url: `https://files.slack.com/upload/v1/${id}`, file_id: id };
	});
	server.post<{ Params: { id: string } }>('/upload/v1/:id', async (request, reply) => {
		const upload = uploads.get(request.params.id);
		const file = await request.file();
		if (!upload || !file) return await reply.code(400).send('no such upload');
		upload.content = await file.toBuffer();
		return await reply.type('text/plain').send(`OK - ${String(upload.content.length)}`);
	});
	server.post('/api/files.completeUploadExternal', (request) => {
		const {
			channel_id,
			thread_ts: threadTs,
			initial_comment: text,
			files,
		} = completion.parse(request.body);
		const [{ id, title }] = files;
		const { name, length, content } = uploads.get(id) ?? {};
		const channel = channels.find((each) => idOf(each) === channel_id);
		if (name === undefined || !content || content.length !== length)
			return refusal('file_not_found');
		if (channel === undefined) return refusal('channel_not_found');
		slack.files.push({ channel, ts: nextTs(), threadTs, text, name, title, content });
		return { ok: true, files: [{ id, title, name }] };
	});

	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return Object.assign(slack, {
		url,
		stop: async () => {
			await server.close();
		},
	});
}
