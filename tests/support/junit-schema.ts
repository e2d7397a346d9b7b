const element = (name: string, attributes: readonly string[], content = '') => `
  <xs:element name="${name}">
    <xs:complexType${content === '' ? ' mixed="true"' : ''}>
      ${content}
      ${attributes.map(attribute).join('\n      ')}
    </xs:complexType>
  </xs:element>`;

/** `name!` is one that must be there. */
const attribute = (name: string) =>
  `<xs:attribute name="${name.replace('!', '')}" type="xs:string" use="${name.endsWith('!') ? 'required' : 'optional'}"/>`;

const many = (...names: readonly string[]) =>
  `<xs:choice minOccurs="0" maxOccurs="unbounded">${names.map((name) => `<xs:element ref="${name}"/>`).join('')}</xs:choice>`;

/**
 * The rules of the schema that Jenkins' xUnit plugin checks JUnit files with (junit-10.xsd): which elements, where, with
 * which attributes. Nested suites, re-runs and seconds with separators, which are not written here, are left out.
 */
export const JUNIT_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  ${element('failure', ['type', 'message'])}
  ${element('skipped', ['type', 'message'])}
  ${element('property', ['name!', 'value!'], '<xs:sequence/>')}
  ${element('properties', [], many('property'))}
  <xs:element name="system-out" type="xs:string"/>
  ${element('testcase', ['name!', 'time', 'classname', 'group'], many('skipped', 'failure', 'system-out'))}
  ${element(
    'testsuite',
    ['name!', 'tests!', 'failures!', 'errors!', 'skipped', 'timestamp', 'hostname', 'id'],
    many('properties', 'testcase', 'system-out'),
  )}
  ${element('testsuites', ['name', 'tests', 'failures', 'errors'], many('testsuite'))}
</xs:schema>`;
