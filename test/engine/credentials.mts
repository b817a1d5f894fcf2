import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
	NodeParameterValueType,
	Workflow,
} from 'n8n-workflow';

import { workflowLibrary } from './core.mts';

/** Values of credentials by credential type, as a user would type them; absent fields have their defaults. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/** Fields of a request that a credential type's `authenticate` may add to. */
const requestFields = ['headers', 'qs', 'body', 'auth'] as const;

/**
 * n8n's credentials store and signer in one, in memory.
 * @param types the package's credential types by name; n8n's own ones, such as `oAuth2Api`, need not be there
 * @param values the stored credentials; refreshed OAuth2 tokens are written back here
 * @param onRead called whenever a node gets credentials
 */
export function createCredentialsHelper(
	types: Partial<Record<string, ICredentialType>>,
	values: CredentialValues,
	onRead: () => void = () => undefined,
): ICredentialsHelper {
	const typeOf = (name: string): ICredentialType => {
		const type = types[name];
		if (type === undefined) throw new Error(`The package has no credential type ${name}`);
		return type;
	};
	const lineage = (name: string): string[] =>
		(types[name]?.extends ?? []).flatMap((parent) => [parent, ...lineage(parent)]);
	const stored = (type: string): ICredentialDataDecryptedObject => {
		const found = values[type];
		if (found === undefined) throw new Error(`This test gave no credentials of type ${type}`);
		return found;
	};
	const update = (type: string, data: ICredentialDataDecryptedObject): Promise<void> => {
		Object.assign(stored(type), data);
		return Promise.resolve();
	};
	return {
		getParentTypes: lineage,
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (type) => typeOf(type).properties,
		getDecrypted: (_additionalData, _credential, type) => {
			onRead();
			return Promise.resolve({
				...defaults(typeOf(type).properties),
				...structuredClone(stored(type)),
			});
		},
		getCredentials: (_credential, type) =>
			Promise.reject(new Error(`The stored form of ${type} is not available in tests`)),
		updateCredentials: (_credential, type, data) => update(type, data),
		updateCredentialsOauthTokenData: (_credential, type, data) => update(type, data),
		preAuthentication: () => Promise.resolve(undefined),
		runPreAuthentication: () => Promise.resolve(undefined),
		authenticate: async (credentials, typeName, options, workflow) => {
			const request = options as IHttpRequestOptions;
			const { authenticate } = typeOf(typeName);
			if (typeof authenticate === 'function') return await authenticate(credentials, request);
			if (authenticate === undefined || workflow === undefined) return request;
			return addTo(request, resolve(workflow, authenticate.properties, credentials));
		},
	};
}

/** The values a credential has before the user touches it. */
function defaults(properties: INodeProperties[]): ICredentialDataDecryptedObject {
	return Object.fromEntries(
		properties.map(({ name, default: value }) => [name, value]),
	) as ICredentialDataDecryptedObject;
}

/** Evaluates the `={{$credentials.…}}` expressions of a generic `authenticate`. */
function resolve(
	workflow: Workflow,
	properties: object,
	credentials: ICredentialDataDecryptedObject,
): IDataObject {
	const node = Object.keys(workflow.nodes)[0] ?? '';
	const value = workflow.expression.getParameterValue(
		workflowLibrary.deepCopy(properties as IDataObject) as NodeParameterValueType,
		null,
		0,
		0,
		node,
		[],
		'internal',
		{ $credentials: credentials },
	);
	return value as IDataObject;
}

function addTo(request: IHttpRequestOptions, additions: IDataObject): IHttpRequestOptions {
	const signed: Record<string, unknown> = { ...request };
	for (const field of requestFields) {
		const added = additions[field];
		if (added === undefined) continue;
		signed[field] = { ...(signed[field] as object | undefined), ...(added as object) };
	}
	return signed as unknown as IHttpRequestOptions;
}
