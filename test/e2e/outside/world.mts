import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../simulator/simulator.mts';
import { startMailbox, type Mailbox } from './mailbox.mts';
import { startOpenAi, type OpenAi } from './openAi.mts';
import { startProxy, type Proxy } from './proxy.mts';
import { startSlack, type Slack } from './slack.mts';
import { startStorage, STORAGE_ACCOUNT, type Storage } from './storage.mts';

/** How the outside is. */
export interface OutsideOptions extends SimulatorOptions {
	/**
	 * For people: Motive is at an address of this machine, and so are the links to pictures, which their browsers can then
	 * open. Otherwise it has its real name, as everything else.
	 */
	isMotiveLocal?: boolean;
}

/** Everything outside n8n that the example workflows talk to, under its real names. */
export interface Outside {
	readonly motive: Simulator;
	readonly slack: Slack;
	readonly mailbox: Mailbox;
	readonly storage: Storage;
	readonly openAi: OpenAi;
	readonly proxy: Proxy;
	/** What a user enters into each credential, by its type. Other fields have n8n's defaults. */
	readonly credentials: Readonly<Record<string, Record<string, unknown>>>;
	stop(): Promise<void>;
}

/** Host of the presigned URLs of pictures. */
const PICTURE_HOST = 's3.us-east-1.amazonaws.com';
/** Host of the user's own storage. */
const STORAGE_HOST = 'storage.fleet.example';

/** Channels and bucket as the examples have them in their files. */
const CHANNELS = ['fleet-incidents', 'fleet-photos', 'fleet-camera-problems'];
const BUCKET = 'fleet-pictures';

/** Starts the outside, all of it on this machine. */
export async function startOutside({
	isMotiveLocal = false,
	...options
}: OutsideOptions = {}): Promise<Outside> {
	const folder = await mkdtemp(join(tmpdir(), 'outside-'));
	const realName = { publicImageUrl: `https://${PICTURE_HOST}` };
	const motive = await startSimulator({ ...(isMotiveLocal ? {} : realName), ...options });
	const [slack, mailbox, storage, openAi] = await Promise.all([
		startSlack(CHANNELS),
		startMailbox(),
		startStorage(BUCKET),
		startOpenAi(),
	]);
	const hosts = {
		'api.gomotive.com': motive.url,
		[PICTURE_HOST]: motive.imageUrl,
		'slack.com': slack.url,
		'files.slack.com': slack.url,
		[STORAGE_HOST]: storage.url,
		'api.openai.com': openAi.url,
	};
	const proxy = await startProxy(hosts, folder);
	return {
		motive,
		slack,
		mailbox,
		storage,
		openAi,
		proxy,
		credentials: {
			motiveApi: { apiKey: motive.apiKey, ...(isMotiveLocal && { baseUrl: motive.url }) },
			slackApi: { accessToken: slack.token },
			smtp: mailbox.credential,
			s3: {
				...STORAGE_ACCOUNT,
				endpoint: `https://${STORAGE_HOST}`,
				region: 'us-east-1',
				forcePathStyle: true,
			},
			openAiApi: { apiKey: openAi.apiKey },
		},
		stop: async () => {
			await Promise.all(
				[proxy, motive, slack, mailbox, storage, openAi].map(async (part) => await part.stop()),
			);
			await rm(folder, { recursive: true, force: true });
		},
	};
}
