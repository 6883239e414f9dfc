export { readYaml, withYamlValue, type YamlReading, yamlOf } from '@baton/gateway/documents/files';
