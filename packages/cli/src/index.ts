/**
 * The commands of ./waymark that work on golden paths.
 *
 * @packageDocumentation
 */

export { templatesCommand, type CommandContext } from './templates/command';
