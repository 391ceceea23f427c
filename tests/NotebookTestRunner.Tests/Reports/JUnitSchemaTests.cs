using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

/// <summary>
/// The elements and attributes that Jenkins' schema allows (junit-10.xsd of its xUnit plug-in,
/// https://github.com/jenkinsci/xunit-plugin/tree/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd), written down anew.
/// </summary>
public sealed class JUnitSchemaTests
{
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:simpleType name="seconds"><xs:restriction base="xs:string"><xs:pattern value="[0-9]*(\.[0-9]*)?"/></xs:restriction></xs:simpleType>
          <xs:complexType name="outcome" mixed="true">
            <xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/>
          </xs:complexType>
          <xs:complexType name="case">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="skipped" type="outcome"/><xs:element name="error" type="outcome"/><xs:element name="failure" type="outcome"/>
              <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
            </xs:choice>
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="time" type="xs:string"/>
            <xs:attribute name="classname" type="xs:string"/><xs:attribute name="group" type="xs:string"/>
          </xs:complexType>
          <xs:complexType name="properties">
            <xs:sequence>
              <xs:element name="property" minOccurs="0" maxOccurs="unbounded">
                <xs:complexType><xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="value" type="xs:string" use="required"/></xs:complexType>
              </xs:element>
            </xs:sequence>
          </xs:complexType>
          <xs:complexType name="suite">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="properties" type="properties"/><xs:element name="testcase" type="case"/>
              <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
            </xs:choice>
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="xs:string" use="required"/>
            <xs:attribute name="failures" type="xs:string" use="required"/><xs:attribute name="errors" type="xs:string" use="required"/>
            <xs:attribute name="group" type="xs:string"/><xs:attribute name="time" type="seconds"/><xs:attribute name="skipped" type="xs:string"/>
            <xs:attribute name="timestamp" type="xs:string"/><xs:attribute name="hostname" type="xs:string"/><xs:attribute name="id" type="xs:string"/>
            <xs:attribute name="package" type="xs:string"/><xs:attribute name="file" type="xs:string"/><xs:attribute name="log" type="xs:string"/>
            <xs:attribute name="url" type="xs:string"/>
          </xs:complexType>
          <xs:element name="testsuites">
            <xs:complexType>
              <xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
              <xs:attribute name="name" type="xs:string"/><xs:attribute name="time" type="seconds"/><xs:attribute name="tests" type="xs:string"/>
              <xs:attribute name="failures" type="xs:string"/><xs:attribute name="errors" type="xs:string"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>
        """;

    [Fact]
    public void The_file_keeps_to_the_schema_of_jenkins()
    {
        Assert.Empty(Faults(JUnitReport.Create(ReportSample.Results("/x"))));
        Assert.Empty(Faults(JUnitReport.Create([])));
    }

    [Fact]
    public void The_schema_would_tell()
    {
        var report = JUnitReport.Create(ReportSample.Results("/x"));
        report.Root!.Add(new XAttribute("skipped", 1));

        Assert.Single(Faults(report));
    }

    private static List<string> Faults(XDocument document)
    {
        var schemas = new XmlSchemaSet();
        using (var reader = XmlReader.Create(new StringReader(Schema))) schemas.Add(null, reader);
        var faults = new List<string>();
        document.Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults;
    }
}
