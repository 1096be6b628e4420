import { z } from 'zod';

/** Body of `POST /api/golden-paths/preview`. */
export const previewRequestSchema = z
  .object({
    /** The template's entity ref, such as `template:default/node-api`. */
    templateRef: z.string().min(1),
    /** The answers given so far, by the names the form gives them. */
    values: z.record(z.string(), z.unknown()),
  })
  .strict();

const previewFileSchema = z.object({
  /** Below the root of the new repository, with forward slashes. */
  path: z.string(),
  /** In bytes. */
  size: z.number().int().min(0),
  executable: z.boolean(),
  /** Not UTF-8 text: it has no content here. */
  binary: z.boolean(),
  /** The text; only its beginning where `truncated` says so. */
  content: z.string().optional(),
  truncated: z.boolean(),
});

const answerProblemSchema = z.object({
  /** The answer's name in the form; left out where it is about all of them. */
  field: z.string().optional(),
  /** What the form calls it. */
  title: z.string(),
  message: z.string(),
});

/** Answer of `POST /api/golden-paths/preview`. */
export const previewSchema = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('files'),
    files: z.array(previewFileSchema),
  }),
  /** The form does not take these answers, so nothing would be made. */
  z.object({
    result: z.literal('refused'),
    problems: z.array(answerProblemSchema).min(1),
  }),
]);

/** A file that a golden path would make. */
export type PreviewFile = z.infer<typeof previewFileSchema>;
/** An answer that the form does not take, and why. */
export type AnswerProblem = z.infer<typeof answerProblemSchema>;
/** Answer of `POST /api/golden-paths/preview`, files in order of their paths. */
export type Preview = z.infer<typeof previewSchema>;
