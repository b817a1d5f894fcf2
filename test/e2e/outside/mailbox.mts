import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps every mail it receives. */
export interface Mailbox {
	/** What a user enters into n8n's SMTP credential. */
	readonly credential: Record<string, unknown>;
	/** Everything that came, oldest first. */
	readonly mails: ParsedMail[];
	stop(): Promise<void>;
}

const USER = 'n8n@fleet.example';
const PASSWORD = 'mail-password';

/** Starts a mail server on this machine. */
export async function startMailbox(): Promise<Mailbox> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth({ username, password }, _session, done) {
			const isKnown = username === USER && password === PASSWORD;
			done(isKnown ? null : new Error('Wrong user or password'), { user: USER });
		},
		onData(stream, _session, done) {
			buffer(stream)
				.then(async (content) => mails.push(await simpleParser(content)))
				.then(() => done(), done);
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	return {
		credential: {
			host: '127.0.0.1',
			port,
			user: USER,
			password: PASSWORD,
			secure: false,
			disableStartTls: true,
		},
		mails,
		stop: async () => {
			await new Promise<void>((resolve) => server.close(resolve));
		},
	};
}
