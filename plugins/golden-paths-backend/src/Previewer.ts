import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  isTemplateEntityV1beta3,
  TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import {
  taskCreatePermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { Preview } from '@waymark/backstage-plugin-golden-paths-common';
import {
  dryRunTemplate,
  executablePaths,
} from '@waymark/backstage-plugin-golden-paths-node';
import pLimit from 'p-limit';
import { answerProblems } from './answerProblems';
import { Engine } from './engine';
import { LIMITS } from './limits';
import { previewFiles } from './previewFiles';
import { isSelfContained } from './selfContained';
import { ReadSource } from './source';

/** Shows what a template would make, to who may see it and use it. */
export class Previewer {
  private readonly turn = pLimit(LIMITS.atOnce);

  constructor(
    private readonly services: {
      auth: AuthService;
      catalog: CatalogService;
      engine: Engine;
      permissions: PermissionsService;
      readSource: ReadSource;
    },
  ) {}

  /**
   * The files that the template would make of the values.
   *
   * @throws NotAllowedError where the user may not; NotFoundError where there
   * is no such template for that user; ConflictError where the template fails;
   * ServiceUnavailableError where it takes too long
   */
  async preview(
    request: { templateRef: string; values: Record<string, unknown> },
    credentials: BackstageCredentials,
  ): Promise<Preview> {
    await this.authorize(credentials);
    const template = await this.readTemplate(request.templateRef, credentials);
    const { activeCount, pendingCount } = this.turn;
    if (activeCount + pendingCount >= LIMITS.atOnce + LIMITS.waiting) {
      throw new ServiceUnavailableError(
        'Too many previews are being made. Try again in a moment.',
      );
    }
    return withinTime(signal =>
      this.turn(async () => {
        // Whoever waited too long got their answer already.
        signal.throwIfAborted();
        return this.render(template, request.values, credentials, signal);
      }),
    );
  }

  private async render(
    template: TemplateEntityV1beta3,
    values: Record<string, unknown>,
    user: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<Preview> {
    const { auth, engine, readSource } = this.services;
    const contents = await readSource(template, signal);
    const movedIn = dryRunTemplate(template);
    // The right to a dry run is the right to run any template whatever; to see
    // what this one makes, it is enough that it reads nothing of anybody's.
    const credentials = isSelfContained(movedIn)
      ? await auth.getOwnServiceCredentials()
      : user;
    const rendered = await engine(
      { template: movedIn, values, contents, credentials },
      signal,
    );
    if (rendered.kind === 'refused') {
      return {
        result: 'refused',
        problems: answerProblems(template, rendered.errors),
      };
    }
    return {
      result: 'files',
      files: previewFiles(rendered.files, executablePaths(movedIn, contents)),
    };
  }

  private async authorize(credentials: BackstageCredentials) {
    const { permissions } = this.services;
    const decisions: PolicyDecision[] = [
      ...(await permissions.authorize([{ permission: taskCreatePermission }], {
        credentials,
      })),
      // A policy that hides some steps or questions hides what they would make.
      ...(await permissions.authorizeConditional(
        [
          { permission: templateParameterReadPermission },
          { permission: templateStepReadPermission },
        ],
        { credentials },
      )),
    ];
    if (decisions.some(({ result }) => result !== AuthorizeResult.ALLOW)) {
      throw new NotAllowedError('You may not preview what a template makes');
    }
  }

  private async readTemplate(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<TemplateEntityV1beta3> {
    const ref = templateRefOf(templateRef);
    const entity = await this.services.catalog.getEntityByRef(ref, {
      credentials,
    });
    if (!entity) throw new NotFoundError(`There is no ${ref}`);
    if (!isTemplateEntityV1beta3(entity)) {
      throw new InputError(`${ref} is not a template that can be previewed`);
    }
    return entity;
  }
}

function templateRefOf(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      'templateRef must be such as template:default/node-api',
    );
  }
}

async function withinTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(LIMITS.milliseconds);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () =>
      reject(
        new ServiceUnavailableError(
          `The preview took longer than ${LIMITS.milliseconds / 1000} seconds`,
        ),
      ),
    );
  });
  return Promise.race([work(signal), late]);
}
