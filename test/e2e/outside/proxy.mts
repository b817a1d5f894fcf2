import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCACertificate, getLocal } from 'mockttp';

/** A proxy between n8n and the internet: it answers for some hosts, and lets nothing else out. */
export interface Proxy {
	/** Environment variables with which a program sends all its traffic through it, and trusts it. */
	readonly env: Record<string, string>;
	/** Requests to hosts that it does not know. */
	readonly refused: readonly string[];
	stop(): Promise<void>;
}

/**
 * Starts a proxy with a certificate authority of its own, for http and https.
 *
 * @param hosts for each host name, the base URL of the server on this machine that stands in for it
 * @param folder where the certificate is put
 */
export async function startProxy(
	hosts: Readonly<Record<string, string>>,
	folder: string,
): Promise<Proxy> {
	const authority = await generateCACertificate({
		subject: { commonName: 'Outside world of the tests' },
	});
	const certificatePath = join(folder, 'outside-ca.pem');
	await writeFile(certificatePath, authority.cert);
	const server = getLocal({ https: authority, recordTraffic: false });
	await server.start();
	for (const [hostname, url] of Object.entries(hosts)) {
		const { host: targetHost } = new URL(url);
		await server
			.forAnyRequest()
			.forHostname(hostname)
			.thenPassThrough({
				transformRequest: {
					setProtocol: 'http',
					replaceHost: { targetHost, updateHostHeader: false },
				},
			});
	}
	const refused: string[] = [];
	await server.forUnmatchedRequest().thenCallback(({ method, url }) => {
		refused.push(`${method} ${url}`);
		return { statusCode: 403, body: 'The tests know no such host' };
	});
	return {
		env: {
			HTTP_PROXY: server.url,
			HTTPS_PROXY: server.url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificatePath,
		},
		refused,
		stop: async () => {
			await server.stop();
		},
	};
}
