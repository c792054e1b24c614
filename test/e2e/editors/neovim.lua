-- Uses the server as a person does in Neovim, with the recipe of docs/editors.md, and prints what it saw as TAP.

local patience = 20000

local function until_true(holds, what)
  if not vim.wait(patience, holds, 20) then error(what, 0) end
end

local function codes(buffer)
  return vim.tbl_map(function(diagnostic) return diagnostic.code end, vim.diagnostic.get(buffer))
end

local function has(code, buffer)
  return vim.tbl_contains(codes(buffer), code)
end

-- Opens a file, and waits until it shows this finding.
local function open(file, code)
  vim.cmd.edit(file)
  until_true(function() return has(code, 0) end, file .. ' shows ' .. vim.inspect(codes(0)) .. ', not ' .. code)
end

local function put_cursor_on(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search(text, 'c') > 0, 'there is no ' .. text)
end

-- Chooses the action whose title begins like this in the menu.
local function choose(title)
  local offered = {}
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      table.insert(offered, action.title)
      return vim.startswith(action.title, title)
    end,
  })
  until_true(function() return #offered > 0 end, 'nothing was offered')
  for _, each in ipairs(offered) do
    if vim.startswith(each, title) then return end
  end
  error('offered was only ' .. vim.inspect(offered), 0)
end

local function text_of(file)
  return table.concat(vim.fn.readfile(file), '\n')
end

local checks = {
  {
    'the findings of the open file',
    function() open('shop/ingress.yaml', 'ingress/unknown-load-balance') end,
  },
  {
    'the findings of closed files, and of one that is opened after they were told',
    function()
      until_true(function() return has('coredns/missing-cache') end, 'only ' .. vim.inspect(codes()))
      open('shop/namespace.yaml', 'network-policy/missing-default-deny-ingress')
    end,
  },
  {
    'a hover',
    function()
      open('shop/web.yaml', 'service/missing-readiness-probe')
      put_cursor_on('Deployment')
      local position = vim.lsp.util.make_position_params(0, 'utf-16')
      local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', position, patience) or {}
      local _, answer = next(answers)
      assert(answer and answer.result and answer.result.contents, 'there is none')
    end,
  },
  {
    'objects by their names, and an outline',
    function()
      open('shop/web.yaml', 'service/missing-readiness-probe')
      local function asked(method, params)
        local _, answer = next(vim.lsp.buf_request_sync(0, method, params, patience) or {})
        return vim.tbl_map(function(symbol) return symbol.name end, answer and answer.result or {})
      end
      local found = asked('workspace/symbol', { query = 'dply web' })
      assert(vim.deep_equal(found, { 'Deployment web' }), vim.inspect(found))
      local listed = asked('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })
      assert(vim.tbl_contains(listed, 'Deployment web'), vim.inspect(listed))
    end,
  },
  {
    'the policies that isolate a namespace, in a buffer that is no file',
    function()
      open('shop/web.yaml', 'service/missing-readiness-probe')
      vim.cmd('KubeNetlint isolate shop')
      until_true(function() return vim.fn.search("^# Isolates namespace 'shop'", 'cn') > 0 end, 'no policies')
      assert(vim.bo.buftype == 'nofile')
      vim.cmd.bdelete()
    end,
  },
  {
    'a fix in one file, and its finding goes',
    function()
      open('shop/ingress.yaml', 'ingress/unknown-load-balance')
      put_cursor_on('least_conn')
      choose("Use 'ewma'")
      until_true(function() return vim.fn.search('load-balance: ewma', 'cn') > 0 end, 'the text is as it was')
      until_true(function() return not has('ingress/unknown-load-balance', 0) end, 'the finding stays')
    end,
  },
  {
    'a fix that creates a file beside a kustomization, which lists it',
    function()
      open('shop/namespace.yaml', 'network-policy/missing-default-deny-ingress')
      put_cursor_on('shop')
      choose('Create default-deny-ingress.yaml')
      until_true(function()
        vim.cmd('silent! wall')
        return vim.fn.filereadable('shop/default-deny-ingress.yaml') == 1
      end, 'the file was not created; kustomization.yaml is\n' .. text_of('shop/kustomization.yaml'))
      assert(text_of('shop/default-deny-ingress.yaml'):find('kind: NetworkPolicy'), 'the new file is empty')
      assert(text_of('shop/kustomization.yaml'):find('- default%-deny%-ingress.yaml'), 'it is not listed')
      until_true(function()
        return not has('network-policy/missing-default-deny-ingress')
      end, 'the finding stays')
    end,
  },
  {
    'a closed file that changed on disk, after the next save',
    function()
      open('shop/web.yaml', 'service/missing-readiness-probe')
      local mended = text_of('dns/coredns.yaml'):gsub('errors\n', 'errors\n        cache 30\n')
      vim.fn.writefile(vim.split(mended, '\n'), 'dns/coredns.yaml')
      vim.cmd.write()
      until_true(function() return not has('coredns/missing-cache') end, 'its old findings stay')
    end,
  },
}

local function say(line)
  io.stdout:write(line .. '\n')
end

say('1..' .. #checks)
for number, check in ipairs(checks) do
  local name, run = check[1], check[2]
  local passed, reason = pcall(run)
  say((passed and 'ok ' or 'not ok ') .. number .. ' - ' .. name)
  if not passed then say('# ' .. tostring(reason):gsub('\n', '\n# ')) end
end
vim.cmd('qall!')
