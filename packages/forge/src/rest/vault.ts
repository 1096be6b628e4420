import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import {
  Vault,
  vaultName,
  without,
  withSecret,
  withVariable,
} from '../services/secrets';
import { Variable } from '../store/records';
import { bodyOf, paginate } from './support';

const variableBody = z.object({ name: z.string(), value: z.string() });
const variableChange = z.object({
  name: z.string().optional(),
  value: z.string().optional(),
});
const secretBody = z.object({
  encrypted_value: z.string().min(1).max(100_000),
  key_id: z.string(),
});

/** Where the routes find the vault and how they change it. */
export interface VaultPlace {
  read(req: Request, res: Response): Vault;
  update(
    req: Request,
    res: Response,
    change: <T extends Vault>(vault: T) => T,
  ): Promise<void>;
}

/** Adds the routes of variables and secrets below each of the paths. */
export function addVaultRoutes(
  router: Router,
  context: Context,
  paths: { variables: string[]; secrets: string[] },
  place: VaultPlace,
): void {
  const shape = (name: string, value: Variable) => ({
    name,
    value: value.value,
    created_at: value.createdAt,
    updated_at: value.updatedAt,
  });
  const one = (suffix: string, list: string[]) =>
    list.map(path => `${path}/${suffix}`);

  router.get(paths.variables, (req, res) => {
    const all = Object.entries(place.read(req, res).variables);
    res.json({
      total_count: all.length,
      variables: paginate(context, req, res, all).map(([name, value]) =>
        shape(name, value),
      ),
    });
  });
  router.post(paths.variables, async (req, res) => {
    const vault = place.read(req, res);
    const body = bodyOf(req, variableBody, 'Variable');
    const name = vaultName(body.name);
    if (name in vault.variables) {
      throw new ApiError(409, 'Already exists - Variable already exists');
    }
    await place.update(req, res, current =>
      withVariable(current, name, body.value),
    );
    res.status(201).json({});
  });
  router.get(one(':name', paths.variables), (req, res) => {
    const name = req.params.name.toUpperCase();
    const value = place.read(req, res).variables[name];
    if (!value) {
      throw notFound();
    }
    res.json(shape(name, value));
  });
  router.patch(one(':name', paths.variables), async (req, res) => {
    const body = bodyOf(req, variableChange, 'Variable');
    const name = req.params.name.toUpperCase();
    const known = place.read(req, res).variables[name];
    if (!known) {
      throw notFound();
    }
    const target = vaultName(body.name ?? name);
    await place.update(req, res, current => ({
      ...withVariable(
        { ...current, variables: without(current.variables, name) },
        target,
        body.value ?? known.value,
      ),
    }));
    res.status(204).end();
  });
  router.delete(one(':name', paths.variables), async (req, res) => {
    const name = req.params.name.toUpperCase();
    if (!place.read(req, res).variables[name]) {
      throw notFound();
    }
    await place.update(req, res, current => ({
      ...current,
      variables: without(current.variables, name),
    }));
    res.status(204).end();
  });

  router.get(paths.secrets, (req, res) => {
    const all = Object.entries(place.read(req, res).secrets);
    res.json({
      total_count: all.length,
      secrets: paginate(context, req, res, all).map(([name, value]) => ({
        name,
        created_at: value.createdAt,
        updated_at: value.updatedAt,
      })),
    });
  });
  router.get(one('public-key', paths.secrets), (req, res) => {
    place.read(req, res);
    const { key, keyId } = context.store.publicKey;
    res.json({ key_id: keyId, key });
  });
  router.get(one(':name', paths.secrets), (req, res) => {
    const name = req.params.name.toUpperCase();
    const value = place.read(req, res).secrets[name];
    if (!value) {
      throw notFound();
    }
    res.json({
      name,
      created_at: value.createdAt,
      updated_at: value.updatedAt,
    });
  });
  router.put(one(':name', paths.secrets), async (req, res) => {
    const vault = place.read(req, res);
    const body = bodyOf(req, secretBody, 'Secret');
    const name = vaultName(req.params.name);
    if (body.key_id !== context.store.publicKey.keyId) {
      throw new ApiError(422, 'The public key id is not the current one');
    }
    const known = name in vault.secrets;
    await place.update(req, res, current =>
      withSecret(current, name, body.encrypted_value, body.key_id),
    );
    if (known) {
      res.status(204).end();
    } else {
      res.status(201).json({});
    }
  });
  router.delete(one(':name', paths.secrets), async (req, res) => {
    const name = req.params.name.toUpperCase();
    if (!place.read(req, res).secrets[name]) {
      throw notFound();
    }
    await place.update(req, res, current => ({
      ...current,
      secrets: without(current.secrets, name),
    }));
    res.status(204).end();
  });
}
