using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Tests.Storage;

/// <summary>
/// Makes an instance of a stored type with something in every field, and tells instances apart by content.
/// </summary>
internal static class Samples
{
    public static object Make(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType))]);
    }

    public static string Describe(object? value) => value switch
    {
        null => "null",
        string s => s,
        Personal p => p.Value,
        decimal amount => amount.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DateOnly or TimeOnly => ((IFormattable)value).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        IEnumerable list => "[" + string.Join(',', list.Cast<object>().Select(Describe)) + "]",
        _ when value.GetType().IsPrimitive || value.GetType().IsEnum => value.ToString()!,
        _ => value.GetType().Name + "(" + string.Join(',', value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => p.Name + "=" + Describe(p.GetValue(value)))) + ")",
    };

    private static object Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "text";
        if (type == typeof(Personal))
            return new Personal("persönlich 个人");
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 3, 2, 9, 0, 0, 123, TimeSpan.Zero);
        if (type == typeof(Party))
            return Party.Of(new StaffId("s-1"));
        if (type == typeof(MatterNumber))
            return new MatterNumber(new CommunityId("HY"), "W", 2026, 7);
        if (type == typeof(ImmutableArray<Category>))
            return ImmutableArray.Create(Category.Parking, Category.Pets);
        if (type == typeof(ImmutableArray<Unit>))
            return ImmutableArray.Create(Unit.Office, Unit.Finance);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return Two(type.GetGenericArguments()[0]);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return 3;
        if (type == typeof(double))
            return 4.5;
        if (type == typeof(decimal))
            return 12.5m;
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 3, 2);
        return Make(type);
    }

    /// <summary>A list of two of a type.</summary>
    private static object Two(Type element)
    {
        var items = Array.CreateInstance(element, 2);
        items.SetValue(Value(element), 0);
        items.SetValue(Value(element), 1);
        return typeof(ImmutableArray).GetMethods().Single(m => m.Name == nameof(ImmutableArray.Create)
                && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [items])!;
    }
}
