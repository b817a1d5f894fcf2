import { dirname } from 'node:path';

const SWITCHED_OFF = [
	'DIAGNOSTICS',
	'VERSION_NOTIFICATIONS',
	'VERSION_NOTIFICATIONS_WHATS_NEW',
	'TEMPLATES',
	'DYNAMIC_BANNERS',
	'HIRING_BANNER',
	'PERSONALIZATION',
	'LICENSE_AUTO_RENEW',
	'VERIFIED_PACKAGES',
	'PYTHON',
];

/** Where a process of n8n runs. */
export interface Place {
	/** Path of the Node.js binary that runs it. */
	node: string;
	userFolder: string;
	port: number;
	/** Port for its task runner. */
	brokerPort: number;
}

/**
 * The environment of an n8n process that sends nothing to the internet. Settings of n8n on this machine must not
 * leak in, nor the options of a test runner around it.
 */
export function environment({ node, userFolder, port, brokerPort }: Place): Record<string, string> {
	const inherited = Object.entries(process.env).flatMap(
		([name, value]): Array<[string, string]> =>
			value === undefined || /^(N8N_|DB_|QUEUE_|EXECUTIONS_|NODE_|VITEST|npm_)/.test(name)
				? []
				: [[name, value]],
	);
	return {
		...Object.fromEntries(inherited),
		...Object.fromEntries(SWITCHED_OFF.map((name) => [`N8N_${name}_ENABLED`, 'false'])),
		// The same name in the addresses that n8n shows (webhooks, OAuth), so that the login cookie is sent there too.
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		// A worker says there whether it is ready, if it is asked to.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_ADDRESS: '127.0.0.1',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// There is no TLS, and browsers do not send secure cookies over plain http.
		N8N_SECURE_COOKIE: 'false',
		N8N_USER_FOLDER: userFolder,
		// n8n starts its task runner as plain `node`.
		PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}`,
	};
}
