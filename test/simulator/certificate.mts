import { execFileSync } from 'node:child_process';

/** A key and a certificate for this machine that nobody vouches for, made anew so that no private key lies in the repository. */
export function makeCertificate(): { key: string; cert: string } {
	const flags =
		'-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -keyout - -out -';
	const pem = execFileSync('openssl', ['req', ...flags.split(' ')], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const end = pem.indexOf('-----BEGIN CERTIFICATE');
	return { key: pem.slice(0, end), cert: pem.slice(end) };
}
