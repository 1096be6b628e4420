export { judge, type Case } from './judge';
export {
  placeInTemplate,
  placeOf,
  placeOfField,
  type Path,
  type Place,
  type YamlFile,
} from './place';
