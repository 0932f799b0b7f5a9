using System.Text.Json;
using MedEmbed.Synthesis.Checks;

namespace MedEmbed.Synthesis.Tests.Checks;

public sealed class IdentifierFinderTests
{
    [Theory]
    [InlineData("seizure on 03/14/2021", "date")]
    [InlineData("admitted 2021-03-14 with fever", "date")]
    [InlineData("what happened on July 31, 2008", "date")]
    [InlineData("vasectomy of 3rd of March", "date")]
    [InlineData("MRN 483920 imaging", "record number")]
    [InlineData("medical record number: A-4839", "record number")]
    [InlineData("patient 12345678 labs", "record number")]
    [InlineData("ssn 123-45-6789", "record number")]
    [InlineData("call (555) 123-4567 for results", "telephone number")]
    [InlineData("call +1 555-123-4567", "telephone number")]
    [InlineData("write to j.doe@clinic.example.org", "e-mail address")]
    [InlineData("see www.clinic.example", "web address")]
    [InlineData("What did Dr. Kumar recommend?", "name after a title")]
    [InlineData("what did doctor Kumar find in the lungs", "name after a title")]
    [InlineData("Mrs Smith's medication", "name after a title")]
    [InlineData("heart failure of martha", "name of the metadata")]
    [InlineData("Collins depression therapy", "name of the metadata")]
    public void WhatCouldTellThePatientIsFound(string query, string kind) => Assert.Equal(kind, Find(query));

    [Theory]
    [InlineData("blood pressure 120/80 target")]
    [InlineData("INR 2.5-3.5 after valve replacement in 1998")]
    [InlineData("levothyroxine 112 mcg daily for 10 years")]
    [InlineData("L4-5 decompression, 500 mg 2-0 Vicryl 3-4 times")]
    [InlineData("what may the doctor do in march fracture")]
    [InlineData("50 year old female with colitis")]
    [InlineData("PSA 0.003 after 12-15 sessions")]
    [InlineData("Doctors Miss Lung Trouble in Feverish Sickle Patients")]
    [InlineData("Should a Doctor Tell Your Wife?")]
    [InlineData("CFH rs1061170 and hsa_circ_0001953 in retinopathy")]
    [InlineData("UNAIDS 95-95-95 targets")]
    public void ClinicalNumbersAreNoIdentifiers(string query) => Assert.Null(Find(query));

    private static string? Find(string query)
    {
        JsonElement metadata = JsonSerializer.Deserialize<JsonElement>("""{"patient_gender":"female","patient_firstname":"Martha","person":{"family_name":"Collins"},"cc":"annual exam","doctor_name":""}""");
        return new IdentifierFinder(metadata).Find(query);
    }
}
