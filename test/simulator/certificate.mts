import { generate } from 'selfsigned';

/**
 * A key and a certificate that nobody vouches for, made anew so that no private key lies in the repository.
 *
 * @param hosts names that it is good for; this machine unless given
 */
export async function makeCertificate(
	hosts: readonly string[] = [],
): Promise<{ key: string; cert: string }> {
	const altNames = hosts.map((value) => ({ type: 2 as const, value }));
	const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [...altNames, { type: 7, ip: '127.0.0.1' }] },
		],
	});
	return { key, cert };
}
