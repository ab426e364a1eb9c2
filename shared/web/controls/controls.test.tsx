import type { Child } from 'hono/jsx';
import { describe, expect, it } from 'vitest';
import { choices, emptyForm, field, formErrors, formValues } from '../form-state.ts';
import { Page } from '../layout.tsx';
import {
  Button,
  Checkboxes,
  DateInput,
  FileInput,
  Form,
  MoneyInput,
  Radios,
  Select,
  SummaryList,
  Table,
  Textarea,
  TextInput,
} from './index.ts';

const render = (child: Child, lang: 'zh' | 'en' = 'zh') =>
  String(
    <Page lang={lang} title="t">
      {child}
    </Page>,
  );

const relation = [
  { value: 'self', label: '本人' },
  { value: 'spouse', label: '配偶', hint: '需结婚证' },
];

describe('a control', () => {
  it('ties label, hint and error to its field', () => {
    const html = render(<TextInput name="hospital" label="就诊医院" hint="全称" error="请填写" value="" />);
    expect(html).toContain('<label class="govuk-label" for="hospital">就诊医院</label>');
    expect(html).toContain('aria-describedby="hospital-hint hospital-error" aria-invalid="true"');
    expect(html).toContain('<div id="hospital-hint" class="govuk-hint">全称</div>');
    expect(html).toContain('<span class="govuk-visually-hidden">错误：</span>请填写');
  });

  it('speaks the language of its page', () => {
    expect(render(<MoneyInput name="m" label="Cost" isOptional />, 'en')).toMatch(/ \(optional\).*yuan/);
    expect(render(<MoneyInput name="m" label="费用" isOptional />)).toMatch(/（选填）.*元/);
  });

  it('shows what was typed, escaped', () => {
    const typed = '"><script>alert(1)</script>';
    for (const html of [
      render(<TextInput name="a" label="a" value={typed} />),
      render(<Textarea name="a" label="a" value={typed} />),
      render(<DateInput name="a" label="a" value={typed} />),
    ]) {
      expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(html).not.toContain('<script>');
    }
  });

  it('keeps a first empty line of a textarea, which a browser would drop', () => {
    expect(render(<Textarea name="a" label="a" value={'\nline'} />)).toContain('>\n\nline</textarea>');
  });

  it('shows a day in a picker, and what is no day as text', () => {
    expect(render(<DateInput name="d" label="d" value="2016-10-08" />)).toContain('type="date" value="2016-10-08"');
    expect(render(<DateInput name="d" label="d" value="昨天" />)).toContain('type="text" value="昨天"');
  });

  it('leads the error summary to its first choice, and ticks what was chosen', () => {
    const html = render(
      <>
        <Radios name="relation" label="关系" choices={relation} value="spouse" />
        <Checkboxes name="ins" label="保险" choices={relation} values={['self', 'spouse']} />
        <Select name="grade" label="等级" choices={relation} value="self" />
      </>,
    );
    expect(html).toContain('id="relation" name="relation" type="radio" value="self"/>');
    expect(html).toMatch(/id="relation-2" name="relation" type="radio" value="spouse" checked="" aria-describedby/);
    expect(html.match(/type="checkbox" value="\w+" checked=""/g)).toHaveLength(2);
    expect(html).toContain('<option value="self" selected="">本人</option>');
  });

  it('chooses nothing beforehand', () => {
    const html = render(<Radios name="relation" label="关系" choices={relation} />);
    expect(html).toContain('type="radio"');
    expect(html).not.toContain('checked');
  });

  it('carries the token and the hidden fields of its form before a file', () => {
    const html = render(
      <Form action="/x" csrf="tok" hidden={{ key: 'k' }} isMultipart>
        <FileInput name="file" label="照片" isMultiple />
        <Button look="warning" name="do" value="send">
          发送
        </Button>
      </Form>,
    );
    const order = ['name="_csrf" value="tok"', 'name="key" value="k"', 'type="file"', 'type="submit"'];
    const places = order.map((text) => html.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(html).toContain('method="post" enctype="multipart/form-data" novalidate=""');
  });
});

describe('a page with errors', () => {
  const errors = formErrors({
    issues: [
      { path: ['items', 0, 'cost'], message: '请填写金额' },
      { path: ['items', 0, 'cost'], message: '第二句' },
      { path: ['hospital'], message: '请填写医院' },
    ],
  });

  it('says so in its title and links each error to its field', () => {
    const html = String(<Page lang="zh" title="申请" errors={errors} />);
    expect(html).toContain('<title>错误：申请 – 职工救助</title>');
    expect(html).toContain('<a href="#items.0.cost">请填写金额</a>');
    expect(html).toContain('<a href="#hospital">请填写医院</a>');
    expect(html).not.toContain('第二句');
  });

  it('has no summary where nothing is wrong', () => {
    expect(render(null)).not.toContain('govuk-error-summary');
  });

  it('gives each control its value and its error', () => {
    const form = { values: formValues({ hospital: ' 县医院', kind: ['a', 'b'], left: undefined }), errors };
    expect(field(form, 'hospital')).toEqual({ name: 'hospital', value: ' 县医院', error: '请填写医院' });
    expect(choices(form, 'kind')).toEqual({ name: 'kind', values: ['a', 'b'], error: undefined });
    expect(field(emptyForm, 'left').value).toBe('');
  });
});

describe('lists and tables', () => {
  it('name what a change link changes', () => {
    const html = render(<SummaryList rows={[{ key: '账号', value: '**** 1234', changeHref: '/a' }]} />);
    expect(html).toContain('href="/a" aria-label="修改账号"');
  });

  it('say a column’s name in each cell, for narrow screens', () => {
    const html = render(
      <Table
        caption="资金"
        columns={[{ label: '资金' }, { label: '金额', isNumeric: true }]}
        rows={[['工会', '1.00']]}
        foot={['合计', '1.00']}
      />,
    );
    expect(html.match(/data-label="金额">1\.00/g)).toHaveLength(2);
    expect(html).toContain('<th scope="row" role="rowheader"');
  });
});
