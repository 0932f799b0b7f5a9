namespace MedEmbed.Synthesis.Lexical.Codes;

/// <summary>Coding systems that terms refer to.</summary>
public enum CodeSystem
{
    /// <summary>ICD-10 and ICD-10-CM.</summary>
    Icd10,

    /// <summary>ICD-9 and ICD-9-CM.</summary>
    Icd9,

    /// <summary>Descriptors and supplementary concepts of MeSH.</summary>
    Mesh,

    /// <summary>Online Mendelian Inheritance in Man.</summary>
    Omim,

    /// <summary>SNOMED CT.</summary>
    SnomedCt,

    /// <summary>The NCI Thesaurus.</summary>
    Nci,

    /// <summary>Concepts of the UMLS.</summary>
    Umls,

    /// <summary>Orphanet's rare diseases.</summary>
    Orphanet,
}
