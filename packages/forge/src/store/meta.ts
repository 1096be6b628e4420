import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ID_BLOCK = 1000;

const metaSchema = z.object({
  version: z.literal(1),
  /** Ids up to this one may have been given out. */
  reservedId: z.number().int(),
  /** Key of the form tokens of the HTML pages. */
  formKey: z.string(),
  /** X25519, raw, base64: callers seal secrets with it. The private half is not kept. */
  publicKey: z.string(),
  publicKeyId: z.string(),
});
type MetaRecord = z.output<typeof metaSchema>;

/** What a forge keeps once: its keys and how far its ids have come. */
export class Meta {
  private nextId: number;

  private constructor(private readonly dir: string, private value: MetaRecord) {
    this.nextId = value.reservedId + 1;
  }

  /** Reads `forge.json` of a folder, or makes it for a new forge. */
  static open(dir: string): Meta {
    let text: string;
    try {
      text = readFileSync(join(dir, 'forge.json'), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
      const value = newMeta();
      writeMeta(dir, value);
      return new Meta(dir, value);
    }
    return new Meta(dir, metaSchema.parse(JSON.parse(text)));
  }

  /** Signs the tokens of HTML forms. */
  get formKey(): string {
    return this.value.formKey;
  }

  get publicKey(): { key: string; keyId: string } {
    return { key: this.value.publicKey, keyId: this.value.publicKeyId };
  }

  /** An id never given out before, also not before a kill. */
  newId(): number {
    if (this.nextId > this.value.reservedId) {
      this.value = { ...this.value, reservedId: this.nextId + ID_BLOCK };
      writeMeta(this.dir, this.value);
    }
    const id = this.nextId;
    this.nextId += 1;
    return id;
  }
}

function writeMeta(dir: string, meta: MetaRecord): void {
  const file = join(dir, 'forge.json');
  writeFileSync(`${file}.tmp`, `${JSON.stringify(meta)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function newMeta(): MetaRecord {
  const jwk = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return {
    version: 1,
    reservedId: 1000,
    formKey: randomBytes(32).toString('base64url'),
    publicKey: Buffer.from(jwk.x ?? '', 'base64url').toString('base64'),
    publicKeyId: randomBytes(8).readBigUInt64BE().toString(),
  };
}
